import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'

const root = dirname(import.meta.dirname)
const reportSchema = z.object({
  diagnostics: z.array(z.object({ code: z.string(), filename: z.string() })),
})

/** Each asks somebody in a way that the guard of outgoing requests would not see. */
const offences: Record<string, string> = {
  'server/asks.ts': `export const ask = (url: string) => fetch(url)`,
  'server/asks-by-name.ts': `export const ask = (url: string) => globalThis.fetch(url)`,
  'server/takes-it-out.ts': `const { fetch: ask } = globalThis\nexport { ask }`,
  'server/models/listens.ts': `export const listen = (url: string) => new WebSocket(url)`,
  'app/api/route.ts': `export const GET = () => fetch('https://example.com')`,
  'shared/asks.ts': `export const ask = (url: string) => fetch(url)`,
  'proxy.ts': `export const proxy = () => fetch('https://example.com')`,
}

const harmless: Record<string, string> = {
  'server/passed.ts': `export const ask = (fetch: typeof globalThis.fetch) => fetch('/')`,
  'server/some.test.ts': `export const ask = () => fetch('http://127.0.0.1')`,
  'client/asks.ts': `export const ask = () => fetch('/')`,
}

it('on the server nobody can ask an address but through a fetch that was passed in', () => {
  const tree = mkdtempSync(join(tmpdir(), 'rivulet-lint-'))
  for (const [path, text] of Object.entries({ ...offences, ...harmless })) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), `${text}\n`)
  }
  for (const file of ['.oxlintrc.json', 'tsconfig.json'])
    symlinkSync(join(root, file), join(tree, file))

  const { stdout } = spawnSync(join(root, 'node_modules/.bin/oxlint'), ['--format', 'json'], {
    cwd: tree,
    encoding: 'utf8',
  })
  rmSync(tree, { recursive: true })
  const found = reportSchema
    .parse(JSON.parse(stdout))
    .diagnostics.filter(({ code }) => /no-restricted-(globals|properties)/.test(code))
  expect(new Set(found.map(({ filename }) => filename))).toEqual(new Set(Object.keys(offences)))
})
