import { join } from 'node:path'
import type { Page, TestInfo } from 'playwright/test'
import { expectFitsAcross } from '../fixtures/layout'
import { startNetwork } from '../fixtures/network'
import { phone, wide } from '../fixtures/screens'
import { wheelUp } from '../fixtures/scrolling'
import { startServer } from '../fixtures/server'
import { expect, test } from '../fixtures/story-test'
import { patternOf, type ToldLocale, toldLocales } from '../fixtures/words'
import { ChatPage } from '../pages/chat-page'
import { gate, step } from '../upstream/steps'
import { richAnswers } from './rich-answers'

test.describe.configure({ mode: 'parallel' })

type Screen = keyof typeof screens
type Look = { locale: ToldLocale; screen: Screen }

const screens = { wide, phone }
const everyLook: Look[] = toldLocales.flatMap((locale) => [
  { locale, screen: 'wide' },
  { locale, screen: 'phone' },
])
/** Where a state has nothing of its own to show in every combination. */
const fewLooks: Look[] = [
  { locale: 'en', screen: 'wide' },
  { locale: 'zh-CN', screen: 'phone' },
]
const cutConnection = /ERR_(INTERNET_DISCONNECTED|CONNECTION|INCOMPLETE|EMPTY|SOCKET|NETWORK)/

/** Pictures for people to look at: nothing compares them. */
async function shoot(page: Page, testInfo: TestInfo, name: string): Promise<void> {
  await expectFitsAcross(page, name)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveClass(new RegExp(`\\b${colorScheme}\\b`))
    await page.evaluate(() => document.fonts.ready)
    const path = join(testInfo.project.outputDir, 'states', `${name}-${colorScheme}.png`)
    await page.screenshot({ path, animations: 'disabled' })
    await testInfo.attach(`${name}-${colorScheme}`, { path, contentType: 'image/png' })
  }
}

for (const visit of ['model', 'demo', 'key-rejected'] as const)
  test(`a first visit in every look: ${visit}`, async ({
    anotherContext,
    upstream,
    watch,
  }, info) => {
    test.slow()
    const rejecting = { id: 'groq', name: 'Groq', baseUrl: upstream.baseUrl, apiKey: 'sk-wrong' }
    const settings = {
      model: undefined,
      demo: {},
      'key-rejected': { MODEL_ENDPOINTS: JSON.stringify([rejecting]) },
    }
    const env = settings[visit]
    await using server = env && (await startServer({ env }))
    if (server) watch.expect(new RegExp(`elsewhere: ${server.url}`))
    for (const { locale, screen } of everyLook) {
      const context = await anotherContext({ ...screens[screen], locale, reducedMotion: 'reduce' })
      const page = await context.newPage()
      const chat = await new ChatPage(page, locale).open(server?.url)
      const { welcome } = chat.words
      await expect(page.getByRole('heading', { name: welcome.greeting })).toBeVisible()
      await expect(page.getByRole('heading', { name: welcome.demo })).toHaveCount(server ? 1 : 0)
      await expect(page.getByText(/Groq/)).toHaveCount(visit === 'key-rejected' ? 1 : 0)
      await shoot(page, info, `first-visit-${visit}-${locale}-${screen}`)
      await context.close()
    }
  })

for (const look of everyLook) {
  const { locale, screen } = look
  const named = (name: string) => `${name}-${locale}-${screen}`

  test(`a rich answer, its end and its beginning: ${locale}, ${screen}`, async ({
    anotherContext,
    upstream,
    question,
  }, info) => {
    const context = await anotherContext({ ...screens[screen], locale, reducedMotion: 'reduce' })
    const chat = await new ChatPage(await context.newPage(), locale).open()
    upstream.script(question, () => [step.text(richAnswers[locale])])
    await chat.say(question)
    await chat.finished()
    await expect(chat.answer.locator('.katex').first()).toBeVisible()
    await expect(chat.answer.getByRole('table')).toBeAttached()
    await expect(chat.answer.locator('.code-keyword').first()).toBeVisible()
    await shoot(chat.page, info, named('rich-answer-end'))
    await wheelUp(chat.page, 100_000)
    await expect(
      chat.page.getByRole('button', { name: chat.words.chat.jumpToLatest }),
    ).toBeVisible()
    await shoot(chat.page, info, named('rich-answer-beginning'))
    await chat.answer.getByRole('table').scrollIntoViewIfNeeded()
    await shoot(chat.page, info, named('rich-answer-table'))
  })
}

for (const look of fewLooks) {
  const { locale, screen } = look
  const named = (name: string) => `${name}-${locale}-${screen}`

  test(`an answer on its way, and how it can end: ${locale}, ${screen}`, async ({
    anotherContext,
    upstream,
    question,
  }, info) => {
    test.slow()
    const context = await anotherContext({ ...screens[screen], locale, reducedMotion: 'reduce' })
    const page = await context.newPage()
    const chat = await new ChatPage(page, locale).open()
    const { words } = chat
    const [thinks, thought, speaks, over] = [gate(), gate(), gate(), gate()]
    upstream.script(question, function* () {
      yield step.wait(thinks.opened)
      yield step.reasoning('There are two doors. One leads to the river, the other to the hill.')
      yield step.wait(thought.opened)
      yield step.wait(speaks.opened)
      yield step.text(richAnswers[locale].slice(0, 180))
      yield step.wait(over.opened)
    })
    await chat.say(question)
    const waiting = words.chat.waiting.replace('{model}', 'test-model')
    await expect(chat.log).toContainText(waiting)
    await shoot(page, info, named('waiting'))
    thinks.open()
    const thinking = page.getByRole('button', { name: new RegExp(`^${words.chat.thinking}`) })
    await expect(thinking).toHaveAccessibleName(/\d/)
    await shoot(page, info, named('thinking'))
    await thinking.click()
    await shoot(page, info, named('thinking-open'))
    thought.open()
    speaks.open()
    await expect(chat.answer).toContainText(words.chat.answering)
    await shoot(page, info, named('streaming'))

    await chat.composer.fill('And another thing')
    await chat.composer.press('Enter')
    await expect(chat.queued).toHaveCount(1)
    await chat.composer.fill('And one more')
    await shoot(page, info, named('queued'))
    await chat.composer.fill('')
    await chat.queued.getByRole('button', { name: patternOf(words.queue.remove) }).click()
    await chat.stop.click()
    await expect(chat.answer).toContainText(words.chat.stopped)
    await shoot(page, info, named('stopped'))

    await chat.say('say: The bridge has seven\ncut')
    await expect(chat.answer).toContainText(words.chat.interrupted)
    await shoot(page, info, named('interrupted'))

    await chat.say('say: Half of an answer, \nerror: The cluster is on fire')
    const alert = chat.answer.getByRole('alert')
    await expect(alert).toContainText(words.runErrors['model-unavailable'])
    await alert.getByText(words.chat.details).click()
    await shoot(page, info, named('failed'))

    const limited = `Too often ${question.slice(-8)}`
    upstream.script(limited, () => [
      step.status(429, { error: { message: 'Slow down' } }, { 'retry-after': '90' }),
    ])
    await chat.say(limited)
    await expect(chat.answer.getByRole('alert')).toContainText(
      words.runErrors['model-rate-limited'],
    )
    await shoot(page, info, named('rate-limited'))

    await chat.composer.fill('So long. '.repeat(4_000))
    await expect(page.getByText(/32,000/)).toBeVisible()
    await shoot(page, info, named('too-long'))
  })

  test(`connections, lists and pages: ${locale}, ${screen}`, async ({
    anotherContext,
    upstream,
    watch,
    server,
    question,
  }, info) => {
    test.slow()
    const network = await startNetwork(server.port)
    watch.expect(cutConnection, /status(?: of)? 404/, new RegExp(`elsewhere: ${network.url}`))
    const context = await anotherContext({
      ...screens[screen],
      locale,
      reducedMotion: 'reduce',
      baseURL: network.url,
    })
    const page = await context.newPage()
    const chat = await new ChatPage(page, locale).open()
    const { words } = chat
    const openList = async () => {
      if (screen === 'phone') await page.getByRole('button', { name: words.sidebar.open }).click()
      await expect(chat.chats).toBeVisible()
    }

    await openList()
    await expect(chat.chats).toContainText(words.sidebar.empty)
    await shoot(page, info, named('empty-list'))
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await chat.modelPicker.click()
    await expect(page.getByRole('listbox', { name: words.models.label })).toBeVisible()
    await shoot(page, info, named('model-list'))
    await page.keyboard.press('Escape')

    const held = upstream.gate(question)
    await chat.say(`${question}\nsay: ${richAnswers[locale].slice(3, 160)}\nhold: ${question}`)
    await expect(chat.answer).toContainText(words.chat.answering)
    network.pull()
    await expect(chat.answer).toContainText(words.chat.reconnecting)
    await shoot(page, info, named('reconnecting'))
    await context.setOffline(true)
    await expect(chat.answer).toContainText(words.chat.offline)
    await shoot(page, info, named('offline'))
    network.plugIn()
    await context.setOffline(false)
    await expect(chat.answer).toContainText(words.chat.answering)
    held.open()
    await chat.finished()

    await chat.say('pace: 0\nlong: 60')
    await chat.finished()
    await wheelUp(page, 1_500)
    await expect(page.getByRole('button', { name: words.chat.jumpToLatest })).toBeVisible()
    await shoot(page, info, named('long-chat'))

    await openList()
    const row = chat.chats.getByRole('listitem').first()
    await row.hover()
    await row.getByRole('button').click()
    await expect(page.getByRole('menu')).toBeVisible()
    await shoot(page, info, named('chat-menu'))
    await page.getByRole('menuitem', { name: words.sidebar.rename }).click()
    await expect(page.getByRole('textbox', { name: words.sidebar.newName })).toBeFocused()
    await shoot(page, info, named('renaming'))
    await page.keyboard.press('Escape')

    // What is not in this page's memory is fetched when it is opened.
    const { pathname } = new URL(page.url())
    await page.goto('/')
    await chat.ready()
    const loads = gate()
    await page.route('**/api/chats/*', async (route) => {
      await loads.opened
      await route.fallback()
    })
    await openList()
    await page.locator(`a[href="${pathname}"]`).last().click()
    await expect(page.getByText(words.chat.loading)).toBeAttached()
    await shoot(page, info, named('loading'))
    loads.open()
    await expect(chat.answer).toContainText('Paragraph 60 of 60')

    await openList()
    await row.hover()
    await row.getByRole('button').click()
    await page.getByRole('menuitem', { name: words.sidebar.delete }).click()
    await expect(page.getByText(words.sidebar.deleted)).toBeVisible()
    await shoot(page, info, named('deleted'))

    await page.goto('/c/nobody-has-this')
    await expect(page.getByRole('heading', { name: words.pages.notFoundTitle })).toBeVisible()
    await shoot(page, info, named('not-found'))
    await context.close()
    await network.close()
  })
}
