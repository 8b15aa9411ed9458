import assert from 'node:assert/strict'
import { join } from 'node:path'
import { startFunction } from './vercel-function.mjs'
import { readFunctions } from './vercel-output.mjs'

const host = 'rivulet-preview.vercel.app'
const sessionSecret = 'a secret of at least thirty-two characters'

/** What the built functions do, each started the way Vercel starts them. */
export const stories = {
  'without settings every page says what to add': async ({ start }) => {
    const proxy = await start({ route: '_middleware' })
    const answer = await proxy.get('/c/some-chat')
    assert.equal(new URL(answer.headers.get('x-middleware-rewrite')).pathname, '/setup')
    assert.equal(answer.headers.get('set-cookie'), null)

    const page = await (await start({ route: 'setup' })).get('/setup', requestHeadersOf(answer))
    const html = await page.text()
    assert.equal(page.status, 200, html)
    for (const name of ['DATABASE_URL', 'SESSION_SECRET', 'REDIS_URL'])
      assert.match(html, new RegExp(name))
  },

  'without settings a message is refused, and nothing is opened': async ({ start }) => {
    const chat = await start({ route: 'api/chat' })
    const answer = await chat.post('/api/chat', { id: 'chat', messages: [] })
    assert.equal(answer.status, 503)
    assert.equal((await answer.json()).code, 'not-configured')
    assert.doesNotMatch(chat.output(), /opened SQLite|ERR_ACCESS_DENIED/)
  },

  'a mistake in a setting is told by name and without its value': async ({ start }) => {
    const page = await start({
      route: 'setup',
      settings: { OPENAI_BASE_URL: 'ftp://not-to-be-shown' },
    })
    const html = await (await page.get('/setup')).text()
    assert.match(html, /OPENAI_BASE_URL/)
    assert.doesNotMatch(html, /not-to-be-shown/)
  },

  'with settings any domain of the project is answered, and a guest gets a session': async ({
    start,
  }) => {
    const proxy = await start({ route: '_middleware', settings: configured })
    const answer = await proxy.get('/')
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('x-middleware-next'), '1')
    assert.match(answer.headers.get('set-cookie'), /^rivulet_session=.*; Secure; HttpOnly/)
  },
}

/** What needs a database that answers. */
export const storiesWithDatabase = {
  'a page is served and a message answered to its end, from Postgres': async ({
    start,
    databaseUrl,
  }) => {
    const settings = { SESSION_SECRET: sessionSecret, DATABASE_URL: databaseUrl }
    const proxied = await (await start({ route: '_middleware', settings })).get('/')
    const page = await (
      await start({ route: 'index', settings })
    ).get('/', requestHeadersOf(proxied))
    assert.equal(page.status, 200)
    assert.match(await page.text(), /<textarea/)

    const cookie = proxied.headers.get('set-cookie').split(';')[0]
    const chat = await start({ route: 'api/chat', settings })
    const answer = await chat.post('/api/chat', question(), { cookie })
    const text = await answer.text()
    assert.equal(answer.status, 200, text)
    assert.match(text, /"type":"text-delta"/)
    assert.match(text, /data: \[DONE\]\n\n$/)
    const list = await (await chat.get('/api/chats', { cookie })).json()
    assert.equal(list.chats.length, 1)
    assert.doesNotMatch(chat.output(), /opened SQLite|ERR_ACCESS_DENIED/)
  },
}

function question() {
  const parts = [{ type: 'text', text: 'Write some code with a debounce function' }]
  return {
    id: crypto.randomUUID(),
    trigger: 'submit-message',
    message: { id: crypto.randomUUID(), role: 'user', parts },
  }
}

/** A database where nobody answers: what only reads settings must not need it. */
const configured = { SESSION_SECRET: sessionSecret, DATABASE_URL: 'postgres://a:b@127.0.0.1:9/c' }

/** Tells one story and ends the functions that it started. */
export async function tellStory({ story, root, workspace, databaseUrl }) {
  const functions = readFunctions({ root })
  const started = []
  const start = async ({ route, settings = {} }) => {
    const built = functions.find((candidate) => candidate.route === route)
    assert.ok(built, `There is no function for ${route}.`)
    const folder = join(workspace, `function-${crypto.randomUUID()}`)
    const running = await startFunction({ built, folder, settings })
    started.push(running)
    return { ...requests(running.url), output: running.output }
  }
  try {
    await story({ start, databaseUrl })
  } catch (error) {
    const printed = started.map(({ output }) => output()).join('')
    throw new Error(`${error.message}\n${printed}`, { cause: error })
  } finally {
    await Promise.all(started.map(({ stop }) => stop()))
  }
}

/** `x-matched-path` is how Vercel's router names the route that it chose. */
function requests(url) {
  const common = { 'x-forwarded-host': host, 'x-forwarded-proto': 'https' }
  return {
    get: (path, headers = {}) =>
      fetch(url + path, {
        headers: { ...common, 'x-matched-path': path, ...headers },
        redirect: 'manual',
      }),
    post: (path, body, headers = {}) =>
      fetch(url + path, {
        method: 'POST',
        headers: {
          ...common,
          'x-matched-path': path,
          'content-type': 'application/json',
          ...headers,
        },
        body: JSON.stringify(body),
      }),
  }
}

/** The request as the proxy wants it handed on. */
function requestHeadersOf(answer) {
  const names = answer.headers.get('x-middleware-override-headers').split(',')
  const entries = names.map((name) => [name, answer.headers.get(`x-middleware-request-${name}`)])
  const perConnection = new Set([
    'connection',
    'host',
    'content-length',
    'transfer-encoding',
    'x-matched-path',
  ])
  return Object.fromEntries(
    entries.filter(([name, value]) => value !== null && !perConnection.has(name)),
  )
}
