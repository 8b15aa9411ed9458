import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { basename, join } from 'node:path'
import { startProcess, type RunningProcess } from './fixtures/child-process'
import { freePort } from './fixtures/free-port'
import { textOf } from './fixtures/schemas'
import { Session } from './fixtures/session'
import { expect, test as base } from './fixtures/test'
import { startUpstream } from './upstream/upstream'

type Start = { dataDir: string; start: (env?: Record<string, string>) => Promise<StartedServer> }
type StartedServer = RunningProcess & { port: number }

/** `npm start` on data folders of the test's own. */
const test = base.extend<Start>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads a fixture's needs from this very pattern.
  dataDir: ({}, use, testInfo) => use(testInfo.outputPath('a new', 'data folder')),
  start: async ({ dataDir }, use) => {
    const started: RunningProcess[] = []
    await use(async (env = {}) => {
      const port = Number(env['PORT'] ?? (await freePort()))
      const server = startProcess(['scripts/start.mjs'], {
        PORT: String(port),
        DATA_DIR: dataDir,
        LOCAL_DISCOVERY: 'off',
        ...env,
      })
      started.push(server)
      return { ...server, port }
    })
    await Promise.all(started.map((server) => server.kill('SIGKILL')))
  },
})

test('the first start makes its data folder, and says where it is, what answers, and where the data lies', async ({
  start,
  dataDir,
}) => {
  const server = await start()
  await server.said('  Data  ')

  expect(server.output()).toContain(`  Rivulet  http://localhost:${server.port}\n`)
  expect(server.output()).toMatch(/ {2}Model {4}scripted demo, not a model\. Set OPENAI_API_KEY/)
  expect(server.output()).toMatch(new RegExp(` {2}Data {5}.*${basename(dataDir)}`))
  expect(existsSync(join(dataDir, 'rivulet.db'))).toBe(true)

  const session = await Session.open(`http://localhost:${server.port}`)
  const stream = await session.send({ chatId: 'c1', text: 'Hello' })
  await stream.until(({ text }) => text.length > 0)
  expect(stream.metadata?.model?.provider).toBe('demo')
  await session.stop('c1', stream.runId)
  expect(await server.kill('SIGTERM')).toBe(0)
})

test('a second start is ready in under three seconds, with everything still there', async ({
  start,
}) => {
  const upstream = await startUpstream()
  const env = { OPENAI_BASE_URL: upstream.baseUrl }
  const first = await start(env)
  await first.said('  Data  ')
  const session = await Session.open(`http://127.0.0.1:${first.port}`)
  await (await session.send({ chatId: 'c1', text: 'say: Hello' })).completed()
  const before = await session.load('c1')
  expect(await first.kill('SIGINT')).toBe(0)

  // Other work on the machine slows down single ones.
  const times: number[] = []
  for (let attempt = 0; attempt < 3 && !(Math.min(...times) < 3000); attempt += 1) {
    const startedAt = Date.now()
    const next = await start({ ...env, PORT: String(first.port) })
    await next.said('  Data  ')
    const after = await session.load('c1')
    times.push(Date.now() - startedAt)
    expect(after.messages.map(textOf)).toEqual(before.messages.map(textOf))
    await next.kill('SIGINT')
  }
  expect(Math.min(...times)).toBeLessThan(3000)
  await upstream.close()
})

test('names the model that it found', async ({ start }) => {
  const upstream = await startUpstream()
  const server = await start({ OPENAI_BASE_URL: upstream.baseUrl })
  await server.said('  Data  ')
  expect(server.output()).toContain('  Model    test-model (OpenAI-compatible)\n')
  await upstream.close()
})

test('says in a line that a key is rejected, or a server cannot be reached, and starts all the same', async ({
  start,
  dataDir,
}) => {
  const upstream = await startUpstream({ apiKey: 'the-right-key' })
  const [rejected, unreachable] = await Promise.all([
    start({ OPENAI_API_KEY: 'sk-wrong-0123456789', OPENAI_RESPONSES_URL: upstream.baseUrl }),
    start({
      OPENAI_BASE_URL: `http://127.0.0.1:${await freePort()}/v1`,
      DATA_DIR: `${dataDir} of another`,
    }),
  ])
  await Promise.all([rejected.said('rejects the key'), unreachable.said('cannot be reached')])
  expect(rejected.output()).toMatch(/Note {5}OpenAI rejects the key\. Check OPENAI_API_KEY/)
  expect(rejected.output()).not.toContain('sk-wrong')
  await upstream.close()
})

test('an empty setting counts as not set', async ({ start }) => {
  const server = await start({ OPENAI_BASE_URL: '', OPENAI_API_KEY: ' ', MODEL_ENDPOINTS: '' })
  await server.said('scripted demo')
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(200)
})

const wrongSettings: { env: Record<string, string>; says: RegExp; hides?: string }[] = [
  { env: { PORT: 'eighty' }, says: /^PORT=eighty is not a port/m },
  { env: { HOST: '192.0.2.1' }, says: /^HOST=192\.0\.2\.1 is not an address of this machine/m },
  { env: { OPENAI_BASE_URL: 'localhost:8080' }, says: /^ {2}- OPENAI_BASE_URL: must be an http/m },
  { env: { LOG_LEVEL: 'loud' }, says: /^ {2}- LOG_LEVEL: must be debug, info, warn or error/m },
  {
    env: { MODEL_ENDPOINTS: '[{"apiKey":"sk-0123456789abcdef"' },
    says: /^ {2}- MODEL_ENDPOINTS: must be JSON/m,
    hides: 'sk-0123456789abcdef',
  },
  { env: { SESSION_SECRET: 'short' }, says: /^ {2}- SESSION_SECRET: .*openssl rand/m },
  {
    env: { DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/chats' },
    says: /^ {2}- SESSION_SECRET: is needed with DATABASE_URL.*openssl rand/m,
    hides: 'hunter2',
  },
  {
    env: {
      DATABASE_URL: 'postgres://user:hunter2@127.0.0.1:1/chats',
      SESSION_SECRET: 'a secret of at least thirty-two characters',
    },
    says: /^The database at postgres:\/\/127\.0\.0\.1:1\/chats can't be used .* Check DATABASE_URL/m,
    hides: 'hunter2',
  },
]

for (const { env, says, hides = 'at file:' } of wrongSettings) {
  test(`a wrong ${Object.keys(env).join()} ends the start with a line that says what to do`, async ({
    start,
  }) => {
    const server = await start({ PORT: String(await freePort()), ...env })
    expect(await server.ended).toBe(1)
    expect(server.output()).toMatch(says)
    expect(server.output()).not.toContain(hides)
    expect(server.output()).not.toMatch(/^\s+at .*:\d+:\d+/m)
  })
}

test('a port that is taken ends the start with a line that names another', async ({ start }) => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0

  const server = await start({ PORT: String(port) })
  expect(await server.ended).toBe(1)
  expect(server.output().trim()).toBe(
    `Port ${port} is in use. Stop what uses it, or take another: PORT=${port + 1} npm start`,
  )
  other.close()
})
