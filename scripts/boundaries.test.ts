import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import configuration from '../.dependency-cruiser.mjs'

const root = dirname(import.meta.dirname)

/** For each rule, the files of a tree that breaks it; the first file is the offender. */
const offences: Record<string, Record<string, string>> = {
  'shared-depends-on-nothing-above': {
    'shared/above.ts': `import '@/client/store'`,
    'client/store.ts': '',
  },
  'shared-uses-no-node': { 'shared/disk.ts': `import 'node:fs'` },
  'shared-uses-no-react': { 'shared/view.ts': `import 'react'` },
  'server-knows-no-browser-code': {
    'server/browser.ts': `import '../components/page'`,
    'components/page.ts': '',
  },
  'browser-never-reaches-server': {
    'components/profile.tsx': `import type { Account } from '../shared/account'\nexport type Profile = Account`,
    'shared/account.ts': `export type { Account } from '../server/account'`,
    'server/account.ts': `export type Account = { id: string }`,
  },
  'client-knows-no-views': {
    'client/scroll.ts': `import '../components/list'`,
    'components/list.tsx': '',
  },
  'components-know-no-routes': {
    'components/link.tsx': `import '../app/page'`,
    'app/page.tsx': '',
  },
  'primitives-know-no-domain': {
    'components/ui/button.tsx': `import '../chat/message'`,
    'components/chat/message.tsx': '',
  },
  'handlers-render-nothing': {
    'app/api/chat/route.ts': `import '../../../components/answer'`,
    'components/answer.tsx': '',
  },
  'routes-call-use-cases': {
    'app/api/list/route.ts': `import '@/server/db/queries'`,
    'server/db/queries.ts': '',
  },
  'adapters-know-no-use-cases': {
    'server/models/openai.ts': `import '../chat/send'`,
    'server/chat/send.ts': '',
  },
  'adapters-know-no-adapters': {
    'server/stream-log/memory.ts': `import '../db/client'`,
    'server/db/client.ts': '',
  },
  'only-the-guard-connects': {
    'server/endpoints/ask.ts': `import { request } from 'node:https'\nexport const ask = request`,
  },
  'only-one-file-opens-providers': { 'server/models/open.ts': `import '@ai-sdk/openai'` },
  'server-says-so': { 'server/secret.ts': `import '../shared/text'`, 'shared/text.ts': '' },
  'no-cycles': {
    'client/egg.ts': `import { hen } from './hen'\nexport const egg = () => hen`,
    'client/hen.ts': `import { egg } from './egg'\nexport const hen = () => egg`,
  },
  'no-orphans': { 'server/lonely.ts': 'export const lonely = true' },
  'product-uses-no-tests': {
    'app/layout.tsx': `import '../client/drafts.test'`,
    'client/drafts.test.ts': '',
  },
  'no-unlisted-packages': { 'server/report.ts': `import 'unlisted'` },
}

/** Syntax that the parser once stopped at; it must not hide what else is in the tree. */
const hardToRead: Record<string, string> = {
  'app/hold.test.ts': `await using hold = open()\nfunction open() { using file = hold; return file }`,
}

const scaffold: Record<string, string> = {
  'package.json': JSON.stringify({ type: 'module', dependencies: { react: '*' } }),
  'node_modules/react/package.json': JSON.stringify({ name: 'react', main: 'index.js' }),
  'node_modules/react/index.js': '',
  'node_modules/@ai-sdk/openai/package.json': JSON.stringify({ main: 'index.js' }),
  'node_modules/@ai-sdk/openai/index.js': '',
  'node_modules/unlisted/package.json': JSON.stringify({ name: 'unlisted', main: 'index.js' }),
  'node_modules/unlisted/index.js': '',
}

const report = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
})

describe('the layer rules', () => {
  const tree = mkdtempSync(join(tmpdir(), 'rivulet-boundaries-'))
  let found: string[] = []

  beforeAll(() => {
    plant(tree, scaffold)
    plant(tree, hardToRead)
    for (const files of Object.values(offences)) plant(tree, files)
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json']) {
      symlinkSync(join(root, file), join(tree, file))
    }
    found = cruise(tree).violations.map(({ rule, from }) => `${rule.name}: ${from}`)
  }, 20_000)

  afterAll(() => rmSync(tree, { recursive: true }))

  const { forbidden, required } = configuration
  it.each([...forbidden, ...required].map(({ name }) => name))(
    '%s is caught when broken',
    (name) => {
      const [offender] = Object.keys(offences[name] ?? {})
      expect(found).toContain(`${name}: ${offender}`)
    },
  )

  it('read the modules of this project', () => {
    expect(cruise(root).totalCruised).toBeGreaterThan(0)
  }, 60_000)
})

function plant(tree: string, files: Record<string, string>) {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
}

/** Runs the very command of `npm run boundaries` in `folder`. */
function cruise(folder: string) {
  const { scripts } = z
    .object({ scripts: z.object({ boundaries: z.string() }) })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
  const { stdout, stderr } = spawnSync(`${scripts.boundaries} --output-type json`, {
    cwd: folder,
    shell: true,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: {
      ...process.env,
      PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    },
  })
  if (!stdout) throw new Error(stderr)
  return report.parse(JSON.parse(stdout)).summary
}
