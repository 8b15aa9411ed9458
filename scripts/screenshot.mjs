import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { requireBrowser } from './require-browser.mjs'
import { runScript, StartupError } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const startTimeoutMs = 180_000
const answerTimeoutMs = 60_000

const earlierChats = [
  'A table of sorting algorithms',
  'The math of a bell curve',
  'Markdown for meeting notes',
  'Think over which door to open',
]
const shownQuestion = 'Write a debounce function in TypeScript'

/** Draws docs/images/chat-light.png and chat-dark.png: the built app, the demo, a real browser. */
await runScript(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'rivulet-screenshot-'))
  const server = await startServer(dataDir)
  const browser = await chromium.launch({
    executablePath: await requireBrowser({ root }),
    args: ['--no-sandbox', '--disable-gpu'],
  })
  try {
    await takeScreenshots({ browser, url: server.url })
  } finally {
    await browser.close()
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})

async function takeScreenshots({ browser, url }) {
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 1280, height: 800 },
    deviceScaleFactor: 2,
    locale: 'en',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  await page.goto('/')
  await Promise.all(
    earlierChats.map((text, index) => ask(context.request, `earlier-${index}`, text)),
  )
  await ask(context.request, 'shown', shownQuestion)
  await page.goto('/c/shown')
  await page.getByRole('button', { name: 'Copy the answer' }).first().waitFor()
  await page.locator('pre code span').first().waitFor()
  const question = page.getByText(shownQuestion, { exact: true }).last()
  await question.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  await mkdir(join(root, 'docs/images'), { recursive: true })
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    const path = join(root, `docs/images/chat-${colorScheme}.png`)
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' })
    console.log(`Wrote docs/images/chat-${colorScheme}.png`)
  }
}

/** Resolves when the answer has been streamed to its end. */
async function ask(request, chatId, text) {
  const message = { id: `${chatId}-question`, role: 'user', parts: [{ type: 'text', text }] }
  const response = await request.post('/api/chat', {
    data: { id: chatId, message },
    timeout: answerTimeoutMs,
  })
  const answered = response.ok() && (await response.text()).includes('data: [DONE]')
  if (!answered)
    throw new StartupError(`The question “${text}” was not answered: ${response.status()}`)
}

/** The fonts are there, and two frames have been drawn since. */
async function settled(page) {
  await page.evaluate(async () => {
    await document.fonts.ready
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
    await frame()
    await frame()
  })
}

/** The app as `npm start` runs it, with the demo as its only model. */
async function startServer(dataDir) {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const noModels = {
    OPENAI_API_KEY: '',
    OPENAI_BASE_URL: '',
    MODEL_ENDPOINTS: '',
    DEFAULT_MODEL: '',
  }
  const settings = {
    HOST: '127.0.0.1',
    PORT: String(port),
    DATA_DIR: dataDir,
    LOCAL_DISCOVERY: 'off',
  }
  const child = spawn(process.execPath, [join(root, 'scripts/start.mjs')], {
    cwd: root,
    env: { ...process.env, ...noModels, ...settings },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
  }
  await answering({ url, child }).catch(async (error) => {
    await stop()
    throw error
  })
  return { url, stop }
}

async function answering({ url, child }) {
  const deadline = Date.now() + startTimeoutMs
  while (child.exitCode === null && Date.now() < deadline) {
    const response = await fetch(url).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    await delay(100)
  }
  throw new StartupError('The server did not start; the reason is above.')
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}
