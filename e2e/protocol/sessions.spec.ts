import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { scriptedTitle } from '../fixtures/scripted-upstream'
import { Session } from '../fixtures/session'
import { textOf } from '../fixtures/schemas'
import { expect, test } from '../fixtures/test'

const json = { 'content-type': 'application/json' }

const changing = (method: string, body: object) => ({
  method,
  headers: json,
  body: JSON.stringify(body),
})

/** Every call of the API that names a chat. */
function callsOf(chatId: string): { path: string; init: RequestInit }[] {
  const message = {
    id: crypto.randomUUID(),
    role: 'user',
    parts: [{ type: 'text', text: 'Hello' }],
  }
  return [
    { path: '/api/chat', init: changing('POST', { id: chatId, message }) },
    {
      path: '/api/chat',
      init: changing('POST', { id: chatId, trigger: 'regenerate-message' }),
    },
    { path: `/api/chat/${chatId}/stream`, init: {} },
    { path: `/api/chat/${chatId}/stop`, init: changing('POST', { runId: 'r1' }) },
    { path: `/api/chats/${chatId}`, init: {} },
    { path: `/api/chats/${chatId}/messages?before=${message.id}`, init: {} },
    { path: `/api/chats/${chatId}`, init: changing('PATCH', { title: 'Mine now' }) },
    { path: `/api/chats/${chatId}`, init: changing('PATCH', { archived: true }) },
    { path: `/api/chats/${chatId}`, init: changing('DELETE', {}) },
    { path: `/api/chats/${chatId}/restore`, init: changing('POST', {}) },
    { path: `/api/chats/${chatId}/hold`, init: changing('POST', {}) },
    { path: `/api/chats/${chatId}/branch`, init: changing('POST', { messageId: message.id }) },
    { path: `/api/chats/${chatId}/messages/${message.id}`, init: changing('DELETE', {}) },
    { path: `/api/chats/${chatId}/messages/${message.id}/restore`, init: changing('POST', {}) },
    { path: `/api/chats/${chatId}/queue`, init: {} },
    {
      path: `/api/chats/${chatId}/queue`,
      init: changing('POST', { id: message.id, text: 'Hello' }),
    },
    { path: `/api/chats/${chatId}/queue/${message.id}`, init: changing('PATCH', { position: 0 }) },
    { path: `/api/chats/${chatId}/queue/${message.id}`, init: changing('DELETE', {}) },
    { path: `/api/chats/${chatId}/queue/${message.id}/send`, init: changing('POST', {}) },
    { path: `/api/chats/${chatId}/settings`, init: {} },
    {
      path: `/api/chats/${chatId}/settings`,
      init: changing('PATCH', { parameters: { temperature: 1 } }),
    },
  ]
}

const callsOfNoChat: { path: string; init: RequestInit }[] = [
  { path: '/api/chats', init: {} },
  {
    path: '/api/chats/batch',
    init: changing('POST', { ids: ['c1'], change: { archived: true } }),
  },
  { path: '/api/folders', init: {} },
  { path: '/api/folders', init: changing('POST', { id: 'f1', name: 'Mine' }) },
  { path: '/api/folders/f1', init: changing('PATCH', { name: 'Mine' }) },
  { path: '/api/folders/f1', init: changing('DELETE', {}) },
  { path: '/api/settings', init: {} },
  { path: '/api/settings', init: changing('PATCH', { theme: 'dark' }) },
  { path: '/api/presets', init: {} },
  { path: '/api/presets/p1', init: changing('PUT', {}) },
  { path: '/api/presets/p1', init: changing('DELETE', {}) },
  { path: '/api/prompts', init: {} },
  { path: '/api/prompts/p1', init: changing('PUT', {}) },
  { path: '/api/prompts/p1', init: changing('DELETE', {}) },
  { path: '/api/search?q=mine', init: {} },
  { path: '/api/usage?month=2026-11', init: {} },
  { path: '/api/sidebar', init: {} },
  { path: '/api/models', init: {} },
  { path: '/api/endpoints', init: {} },
  {
    path: '/api/endpoints',
    init: changing('POST', { name: 'Mine', kind: 'openai', baseUrl: 'https://x.example' }),
  },
  { path: '/api/endpoints/own-1', init: changing('PATCH', { name: 'Mine' }) },
  { path: '/api/endpoints/own-1', init: changing('DELETE', {}) },
  { path: '/api/events', init: {} },
  { path: '/api/session', init: changing('DELETE', {}) },
]

/** What needs no session: for whoever runs the server. */
const openRoutes = ['GET /api/health', 'GET /api/metrics']

/** Every method of every route, as the files of the app have them. */
async function routes(): Promise<string[]> {
  const files = await readdir('app/api', { recursive: true })
  const found = files
    .filter((file) => file.endsWith('route.ts'))
    .map(async (file) => {
      const source = await readFile(join('app/api', file), 'utf8')
      const methods = [...source.matchAll(/export (?:const|async function|function) ([A-Z]+)\b/g)]
      return methods.map(([, method]) => `${method} /api/${dirname(file)}`)
    })
  return (await Promise.all(found)).flat()
}

test('no call of the API is left out of what is refused below', async () => {
  const called = [...callsOf('c1'), ...callsOfNoChat].map(
    ({ path, init }) => `${init.method ?? 'GET'} ${path.replace(/\?.*/, '')}`,
  )
  const missing = (await routes()).filter((route) => {
    const pattern = new RegExp(`^${route.replaceAll(/\[\w+\]/g, '[^/]+')}$`)
    return !openRoutes.includes(route) && !called.some((call) => pattern.test(call))
  })
  expect(missing).toEqual([])
})

test('the first page sets a session that scripts cannot read and other sites cannot use', async ({
  server,
}) => {
  const page = await fetch(server.url)
  await page.text()
  const [cookie = '', ...others] = page.headers.getSetCookie()

  expect(others).toEqual([])
  expect(cookie).toMatch(/^rivulet_session=v1\.[0-9a-f-]{36}\.\d+\.[\w-]{43};/)
  expect(cookie).toMatch(/; HttpOnly/i)
  expect(cookie).toMatch(/; SameSite=Lax/i)
  expect(cookie).toMatch(/; Path=\//i)
  expect(cookie).not.toMatch(/; Secure/i)
})

test('behind HTTPS the session travels over HTTPS alone', async ({ server }) => {
  const page = await fetch(server.url, { headers: { 'x-forwarded-proto': 'https' } })
  await page.text()
  expect(page.headers.getSetCookie()[0]).toMatch(/; Secure/i)
})

test('a session is set once, and each new visitor gets one of their own', async ({
  session,
  server,
}) => {
  const again = await session.fetch('/')
  await again.text()
  expect(again.headers.getSetCookie()).toEqual([])
  expect((await Session.open(server.url)).cookie).not.toBe(session.cookie)
})

test('the secret of the sessions is for the server’s user alone, and in no output', async ({
  server,
}) => {
  const path = join(server.dataDir, 'session-secret')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect(server.output()).not.toContain(await readFile(path, 'utf8'))
})

test('without a session, or with a forged one, every call is refused', async ({
  session,
  server,
  chatId,
}) => {
  await (await session.send({ chatId, text: 'say: Mine' })).completed()
  const stranger = await Session.open(server.url)
  const [, ownId = ''] = session.cookie.split('.')
  const [, strangersId = ''] = stranger.cookie.split('.')
  const cookies = [
    '',
    'rivulet_session=',
    'rivulet_session=v1.x.1.y',
    stranger.cookie.replace(strangersId, ownId),
    session.cookie.replace(/\.\d+\./, '.1.'),
    session.cookie.slice(0, -1),
    `${session.cookie}.more`,
    session.cookie.replace('v1', 'v2'),
  ]

  for (const cookie of cookies) {
    for (const { path, init } of [...callsOf(chatId), ...callsOfNoChat]) {
      const refused = await new Session(server.url, cookie).fetch(path, init)
      const call = `${init.method ?? 'GET'} ${path} with “${cookie}”`
      expect(refused.status, call).toBe(401)
      expect(await refused.json(), call).toMatchObject({
        code: 'unauthenticated',
        requestId: refused.headers.get('x-request-id'),
      })
    }
  }
  expect(textOf(await session.lastMessage(chatId))).toBe('Mine')
})

test('another user’s chat is not found, by any call, and stays as it is', async ({
  session,
  server,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  const running = await session.send({ chatId, text: `${question}\nsay: Mine\nhold: ${question}` })
  await running.untilText('Mine')
  const stranger = await Session.open(server.url)

  for (const { path, init } of callsOf(chatId)) {
    const refused = await stranger.fetch(path, init)
    const call = `${init.method ?? 'GET'} ${path}`
    expect(refused.status, call).toBe(404)
    const code = path.includes('/queue/') ? 'not-queued' : 'not-found'
    expect(await refused.json(), call).toMatchObject({ code })
  }
  expect(await stranger.list()).toEqual([])
  const stopping = stranger.requestJson(`/api/chat/${chatId}/stop`, 'POST', {
    runId: running.runId,
  })
  expect((await stopping).status).toBe(404)

  gate.open()
  await running.completed()
  expect(running.metadata?.status).toBe('done')
  const { title, messages } = await session.load(chatId)
  expect(title).not.toBe('Mine now')
  expect(messages).toHaveLength(2)
})

test('live events go to the tabs of their user and to nobody else', async ({
  session,
  server,
  chatId,
}) => {
  const stranger = await Session.open(server.url)
  const [own, foreign] = [await session.another().liveEvents(), await stranger.liveEvents()]
  await (await session.send({ chatId, text: 'say: Hello' })).completed()

  await own.until(({ events }) => events.at(-1)?.data.includes(scriptedTitle) ?? false)
  expect(own.events.map(({ data }) => JSON.parse(data).type)).toEqual([
    'run-started',
    'chat-changed',
    'run-ended',
    'chat-changed',
  ])
  expect(foreign.events).toEqual([])
  await Promise.all([own.close(), foreign.close()])
})

/** The time between two comments, and some for a busy machine. */
const keepAliveAtLatestMs = 15_000 + 3000

test('row 31: a session that is ended closes its streams at the next keep-alive, on every device', async ({
  session,
  server,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  const text = `${question}\nsay: Before\nhold: ${question}\nsay: after`
  const asked = await session.send({ chatId, text })
  await asked.untilText('Before')
  const device = session.another()
  const streams = [asked, await device.attach(chatId), await device.liveEvents()]
  const bystander = await Session.open(server.url)
  const untouched = await bystander.liveEvents()

  const endedAt = Date.now()
  const answer = await session.requestJson('/api/session', 'DELETE')
  expect(answer.status).toBe(204)
  expect(answer.headers.getSetCookie()).toEqual([
    'rivulet_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax',
  ])
  for (const { path, init } of [...callsOf(chatId), ...callsOfNoChat]) {
    const refused = await device.fetch(path, init)
    expect(refused.status, `${init.method ?? 'GET'} ${path}`).toBe(401)
    await refused.text()
  }

  await Promise.all(streams.map(({ ended }) => ended))
  expect(Date.now() - endedAt).toBeLessThan(keepAliveAtLatestMs)
  for (const stream of streams) expect(stream.isComplete).toBe(false)
  gate.open()
  await untouched.until(({ comments }) => comments.length > 1)
  await untouched.close()
})

test('a browser whose session was ended is a new guest from its next page on', async ({
  session,
  server,
  chatId,
}) => {
  await (await session.send({ chatId, text: 'say: Mine' })).completed()
  await session.requestJson('/api/session', 'DELETE')

  const page = await session.fetch('/')
  await page.text()
  const [cookie = ''] = page.headers.getSetCookie().map((line) => line.split(';', 1)[0] ?? '')
  expect(userOf(cookie)).not.toBe(userOf(session.cookie))
  const guest = new Session(server.url, cookie)
  expect(await guest.list()).toEqual([])
  expect((await guest.fetch(`/api/chats/${chatId}`)).status).toBe(404)
})

function userOf(cookie: string): string | undefined {
  return cookie.split('.')[1]
}
