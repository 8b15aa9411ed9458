import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { chownSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ownerOf } from './docker-build.mjs'

const startMsMax = 20_000
const endMsMax = 10_000

/** What the image does, started by its own CMD and environment, on an empty volume, as somebody who is not root. */
export const stories = {
  'it holds no settings, no data and no second Node': (image) => {
    const unwanted =
      /(^|\/)(\.env[^/]*|.*\.db|session-secret)$|^node_modules\/(node|typescript|playwright)\//
    const files = readdirSync(appOf(image), { recursive: true, encoding: 'utf8' })
    assert.deepEqual(
      files.filter((path) => unwanted.test(path)),
      [],
    )
  },

  'it starts, is healthy, and serves pages, scripts and fonts': (image) =>
    withServer(image, async ({ url }) => {
      const health = await fetch(`${url}/api/health`)
      assert.equal(health.status, 200)
      const page = await fetch(url)
      const html = await page.text()
      assert.equal(page.status, 200)
      await assetsLoad({ url, html })
    }),

  'a message is answered to its end': (image) =>
    withServer(image, async ({ url }) => {
      const text = await (await ask(url)).text()
      assert.match(text, /"type":"text-delta"/)
      assert.match(text, /data: \[DONE\]\n\n$/)
    }),

  'it is asked to end in the middle of an answer, saves it and exits with 0': (image) =>
    withServer(image, async ({ url, end, volume }) => {
      const answer = await ask(url)
      const reader = answer.body.getReader()
      await reader.read()
      const startedAt = performance.now()
      assert.equal(await end(), 0)
      assert.ok(performance.now() - startedAt < endMsMax)
      const [status, ...others] = endsOfRuns(volume)
      assert.ok(status === 'done' || status === 'interrupted', status)
      assert.deepEqual(others, [])
    }),
}

const appOf = ({ folder, directory }) => join(folder, directory)

function endsOfRuns(volume) {
  const database = new DatabaseSync(join(volume, 'rivulet.db'))
  const rows = database.prepare('select status from runs').all()
  database.close()
  return rows.map(({ status }) => status)
}

async function withServer(image, tell) {
  const server = await start(image)
  try {
    await tell(server)
  } catch (error) {
    throw new Error(`${error.message}\n${server.output()}`, { cause: error })
  } finally {
    await server.kill()
  }
}

async function start(image) {
  const [uid, gid] = ownerOf()
  const port = await freePort()
  const volume = mkdtempSync(join(tmpdir(), 'rivulet-volume-'))
  // A volume begins as what lies in its place: empty, and the owner’s alone.
  chownSync(volume, uid, gid)
  const [, ...args] = image.command
  const child = spawn(process.execPath, args, {
    cwd: appOf(image),
    // As a container has it: its own name, and nothing of whoever starts it.
    env: {
      PATH: process.env.PATH,
      HOSTNAME: 'a1b2c3d4e5f6',
      ...image.environment,
      PORT: String(port),
      DATA_DIR: volume,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(process.getuid() === 0 && { uid, gid }),
  })
  let printed = ''
  child.stdout.on('data', (chunk) => (printed += chunk))
  child.stderr.on('data', (chunk) => (printed += chunk))
  const ended = new Promise((resolve) =>
    child.once('close', (code, signal) => resolve(code ?? signal)),
  )
  const url = `http://127.0.0.1:${port}`
  await healthy({ url, child, output: () => printed })
  return {
    url,
    volume,
    output: () => printed,
    end() {
      child.kill('SIGTERM')
      return ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
      rmSync(volume, { recursive: true, force: true })
    },
  }
}

async function healthy({ url, child, output }) {
  const deadline = performance.now() + startMsMax
  while (child.exitCode === null && performance.now() < deadline) {
    const answer = await fetch(`${url}/api/health`).catch(() => undefined)
    if (answer?.ok) return
    await wait(50)
  }
  child.kill('SIGKILL')
  throw new Error(`The server does not become healthy.\n${output()}`)
}

function freePort() {
  const server = createServer()
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}

/** Every script, style sheet and font that the page names. */
async function assetsLoad({ url, html }) {
  const named = [...html.matchAll(/\/_next\/static\/[^"'\\ )]+/g)].map(([path]) => path)
  const styles = named.filter((path) => path.endsWith('.css'))
  assert.ok(styles.length > 0 && named.some((path) => path.endsWith('.js')), 'scripts and styles')
  const fonts = (await Promise.all(styles.map((path) => fontsOf(url + path)))).flat()
  assert.ok(fonts.length > 0, 'fonts')
  for (const address of [...new Set([...named.map((path) => url + path), ...fonts])]) {
    assert.equal((await fetch(address)).status, 200, address)
  }
}

async function fontsOf(address) {
  const css = await (await fetch(address)).text()
  return [...css.matchAll(/url\(([^)]+\.woff2)\)/g)].map(([, path]) => new URL(path, address).href)
}

async function ask(url) {
  const page = await fetch(url)
  const cookie = page.headers.get('set-cookie').split(';')[0]
  await page.body.cancel()
  const answer = await fetch(`${url}/api/chat`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({
      id: crypto.randomUUID(),
      trigger: 'submit-message',
      message: {
        id: crypto.randomUUID(),
        role: 'user',
        parts: [{ type: 'text', text: 'Give me a tour of Markdown' }],
      },
    }),
  })
  assert.equal(answer.status, 200)
  return answer
}
