import type { Browser, BrowserContext } from 'playwright/test'
import type { ScriptedUpstream } from '../fixtures/scripted-upstream'
import { startServer, type RunningServer } from '../fixtures/server'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

test.describe.configure({ mode: 'parallel' })

const before = 'The river rises in the hills, '
const behind = 'and it ends in the sea.'

const testOn = (settings: (upstream: ScriptedUpstream) => Record<string, string>) =>
  test.extend<{ ownServer: RunningServer }>({
    ownServer: async ({ upstream }, use) => {
      const server = await startServer({ env: settings(upstream) })
      await use(server)
      await server.stop()
    },
    origin: ({ ownServer }, use) => use(ownServer.url),
  })

const upstreams = [
  {
    name: 'OpenAI’s Responses API',
    path: '/v1/responses',
    settings: ({ apiKey, baseUrl }: ScriptedUpstream) => ({
      OPENAI_API_KEY: apiKey,
      OPENAI_RESPONSES_URL: baseUrl,
    }),
  },
  {
    name: 'a chat-completions server',
    path: '/v1/chat/completions',
    settings: ({ apiKey, baseUrl }: ScriptedUpstream) => ({
      OPENAI_API_KEY: apiKey,
      OPENAI_BASE_URL: baseUrl,
    }),
  },
]

for (const { name, path, settings } of upstreams) {
  testOn(settings)(
    `from an empty machine to an answer of ${name} that outlives a reload and a restart`,
    async ({ chat, page, upstream, ownServer, question, context, browser }) => {
      test.slow()
      const gate = upstream.gate(question)
      await expect(page.getByRole('heading', { name: chat.words.welcome.greeting })).toBeVisible()
      await chat.say(`${question}\nsay: ${before}\nhold: ${question}\nsay: ${behind}`)

      await expect(chat.answer).toContainText(before.trim())
      await expect(chat.stop).toBeVisible()
      const request = await upstream.whenAsked(question)
      expect(request.path).toBe(path)
      const address = `/c/${await chat.chatId()}`
      await seenWithoutScripts({
        browser,
        context,
        address: ownServer.url + address,
        text: before.trim(),
      })

      const reloaded = await page.reload()
      expect(await reloaded?.text()).toContain(before.trim())
      await chat.ready()
      await expect(chat.answer).toContainText(before.trim())
      await expect(chat.stop).toBeVisible()
      expect(request.aborted, 'nobody has told the model to stop').toBe(false)
      await expect(chat.answer).not.toContainText(behind)

      gate.open()
      await expect(chat.answer).toContainText(before + behind)
      await chat.finished()
      expect(await chat.count(before.trim())).toBe(1 + 1)
      expect(await chat.count(behind)).toBe(1 + 1)
      expect(upstream.asked(question)).toHaveLength(1)

      await page.goto('about:blank')
      await ownServer.kill('SIGTERM')
      await ownServer.restart()
      await chat.open(address)
      await expect(chat.answer).toContainText(before + behind)
      expect(await chat.count(before.trim())).toBe(1 + 1)
      await expect(chat.stop).toBeHidden()
    },
  )
}

testOn(() => ({}))(
  'with no configuration the demo answers, and its answer outlives a reload and a restart',
  async ({ chat, page, ownServer }) => {
    test.slow()
    await expect(page.getByRole('heading', { name: chat.words.welcome.demo })).toBeVisible()
    await page.getByRole('button', { name: chat.words.welcome.demoPrompt2 }).click()
    const first = 'debounce'
    await expect(chat.answer).toContainText(first)
    await expect(chat.stop).toBeVisible()
    const address = `/c/${await chat.chatId()}`
    const early = (await chat.answer.innerText()).length

    await page.reload()
    await chat.ready()
    await expect(chat.stop).toBeVisible()
    await expect.poll(async () => (await chat.answer.innerText()).length).toBeGreaterThan(early)
    await chat.finished({ timeout: 20_000 })
    const whole = await answerText(chat)
    expect(whole.length).toBeGreaterThan(early)

    await page.goto('about:blank')
    await ownServer.kill('SIGTERM')
    await ownServer.restart()
    await chat.open(address)
    await expect(chat.answers).toHaveCount(1)
    expect(await answerText(chat)).toBe(whole)
  },
)

/** The text of a finished answer, which is drawn to its end in the first frame. */
async function answerText({ answer }: ChatPage): Promise<string> {
  return answer.innerText()
}

/** What the server draws is looked at in a browser of the same user that runs no scripts. */
async function seenWithoutScripts(looking: {
  browser: Browser
  context: BrowserContext
  address: string
  text: string
}): Promise<void> {
  const { browser, context, address, text } = looking
  const still = await browser.newContext({
    storageState: await context.storageState(),
    javaScriptEnabled: false,
  })
  const page = await still.newPage()
  const { answer } = new ChatPage(page)
  await expect(async () => {
    await page.goto(address)
    await expect(answer).toContainText(text, { timeout: 1 })
  }).toPass({ intervals: [100] })
  await still.close()
}
