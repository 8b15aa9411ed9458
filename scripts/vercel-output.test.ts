import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { problemsOfOutput, readFunctions } from './vercel-output.mjs'

const good = { maxDuration: 300, supportsCancellation: true, supportsResponseStreaming: true }

type Built = { config?: Record<string, unknown>; files?: Record<string, string | number> }

/** A folder as `vercel build` leaves it: one function, to which the other routes are links. */
function build({ config = {}, files = {} }: Built = {}): string {
  const root = mkdtempSync(join(tmpdir(), 'rivulet-vercel-'))
  for (const [path, content] of Object.entries({ 'server.js': 'serve()', ...files })) {
    write(join(root, path), typeof content === 'number' ? 'x'.repeat(content) : content)
  }
  const filePathMap = Object.fromEntries(
    ['server.js', ...Object.keys(files)].map((path) => [path, path]),
  )
  const functions = join(root, '.vercel/output/functions/api')
  write(
    join(functions, 'chat.func/.vc-config.json'),
    JSON.stringify({ ...good, ...config, filePathMap }),
  )
  mkdirSync(join(functions, 'chat/[chatId]'), { recursive: true })
  symlinkSync('../../chat.func', join(functions, 'chat/[chatId]/stream.func'))
  symlinkSync('chat.func', join(functions, 'events.func'))
  return root
}

function write(path: string, content: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
}

const problemsOf = (built: Built) =>
  problemsOfOutput({ root: build(built), maxDuration: 300, secrets: ['sk-canary'] })

it('finds nothing wrong with functions that stream, end and hold no secret', () => {
  expect(problemsOf({})).toEqual([])
})

it('counts the files outside a function’s folder into its size', () => {
  const [first] = readFunctions({ root: build({ files: { 'node_modules/a/index.js': 5000 } }) })
  expect(first?.bytes).toBeGreaterThan(5000)
})

it.each([
  ['too large', { files: { 'big.js': 50_000_000 } }, /has 5\d{7} bytes/],
  ['a setting’s file', { files: { '.env.local': 'A=1' } }, /contains \.env\.local/],
  ['a database', { files: { 'x/rivulet.db-wal': '' } }, /contains x\/rivulet\.db-wal/],
  ['the data folder', { files: { 'data/session-secret': '' } }, /contains data\/session-secret/],
  [
    'a Node of its own',
    { files: { 'node_modules/node/bin/node': '' } },
    /contains node_modules\/node/,
  ],
  [
    'a secret in a file',
    { files: { 'chunk.js': 'a("sk-canary")' } },
    /chunk\.js contains the value/,
  ],
  ['a secret in its configuration', { config: { environment: { K: 'sk-canary' } } }, /vc-config/],
  ['another duration', { config: { maxDuration: 60 } }, /maxDuration 60; 300 is wanted/],
  ['no cancellation', { config: { supportsCancellation: undefined } }, /not support cancellation/],
  ['no streaming', { config: { supportsResponseStreaming: false } }, /does not stream/],
] as const)('complains of a function with %s', (_, built, problem) => {
  expect(problemsOf(built).join('\n')).toMatch(problem)
})
