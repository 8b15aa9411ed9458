import type { Page } from 'playwright/test'
import { firstWords, lengthenChat } from '../fixtures/long-chat'
import { phone } from '../fixtures/screens'
import {
  atRest,
  distanceToEnd,
  scroller,
  scrollTop,
  watchDrift,
  wheelUp,
} from '../fixtures/scrolling'
import type { RunningServer } from '../fixtures/server'
import { expect, test } from '../fixtures/story-test'
import type { ChatPage } from '../pages/chat-page'
import { gate } from '../upstream/steps'

/** With the two that are said in the browser, 1,000 messages and 2 MB of Markdown. */
const earlierCount = 998

/** Puts a long past before a chat, of which this browser has nothing yet. */
async function begin(chat: ChatPage, server: RunningServer, messages = earlierCount) {
  await chat.say('say: The last words')
  await chat.finished()
  const chatId = await chat.chatId()
  return { chatId, ids: lengthenChat(server, chatId, { messages }) }
}

const message = (page: Page, id: string | undefined) => page.locator(`[data-message-id="${id}"]`)
const messages = (page: Page) => page.locator('[data-message-id]')

/** Of all messages, those that are more than their text. */
const rendered = (page: Page) => page.locator('[data-message-id]:not([style*="block-size"])')

test('a chat of 1,000 messages opens at its end, and takes little to be here whole', async ({
  chat,
  page,
  server,
}) => {
  const { chatId } = await begin(chat, server)
  const metrics = await page.context().newCDPSession(page)
  await metrics.send('Performance.enable')
  const heapMb = async () => {
    await metrics.send('HeapProfiler.collectGarbage')
    const { metrics: all } = await metrics.send('Performance.getMetrics')
    return (all.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN) / 1e6
  }
  const before = await heapMb()
  const scripts = gate()
  await page.route('**/*.js', (route) => scripts.opened.then(() => route.continue()))
  await page.goto(`/c/${chatId}`, { waitUntil: 'commit' })
  await expect(chat.answer).toContainText('The last words')
  expect(await distanceToEnd(page), 'before any script of the page').toBeLessThan(2)
  const end = await page.locator('link[rel="expect"][blocking="render"]').getAttribute('href')
  await expect(page.locator(end ?? ''), 'the first paint waits for it').toBeAttached()
  scripts.open()
  await chat.ready()
  await expect(messages(page)).toHaveCount(1_000, { timeout: 30_000 })
  await expect.poll(() => distanceToEnd(page), 'and stays there').toBeLessThan(2)
  await expect(chat.answer).toBeInViewport()

  expect(await rendered(page).count()).toBeLessThan(60)
  const nodes = await page.evaluate(() => document.querySelectorAll('*').length)
  expect(nodes).toBeLessThan(9_000)
  expect((await heapMb()) - before).toBeLessThan(40)

  await chat.say('say: And one more')
  await chat.finished()
  await expect(chat.answer).toContainText('And one more')
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
})

test.describe('on a phone', () => {
  test.use(phone)

  test('a chat that opens shifts nothing that is seen', async ({ chat, page, server }) => {
    const { chatId } = await begin(chat, server, 8)
    await page.goto(`/c/${chatId}`)
    await chat.ready()
    await atRest(page)
    expect(await layoutShift(page)).toBeLessThan(0.05)
    await expect(chat.answer).toBeInViewport()
  })
})

test('scrolling up through everything, nothing jumps', async ({ chat, page, server }) => {
  const { chatId, ids } = await begin(chat, server, 60)
  await page.goto(`/c/${chatId}`)
  await chat.ready()
  await atRest(page)
  await chat.answer.hover()
  const { drift } = await watchDrift(page)
  const drifts: number[] = []
  let steps = 0
  for (; steps < 400 && (await scrollTop(page)) > 700; steps += 1) {
    await page.mouse.wheel(0, -600)
    await atRest(page)
    drifts.push(Math.round(await drift()))
  }
  await expect(message(page, ids[0])).toBeAttached()
  expect(steps).toBeGreaterThan(20)
  expect(Math.max(...drifts.map(Math.abs)), drifts.join(' ')).toBeLessThan(4)
  await page.mouse.wheel(0, -2_000)
  await expect(page.getByText(firstWords)).toBeInViewport()
})

test('a search in the page, a link and a selection reach every message', async ({
  chat,
  page,
  server,
}) => {
  const { chatId, ids } = await begin(chat, server)
  await page.goto(`/c/${chatId}`)
  await chat.ready()
  await expect(messages(page)).toHaveCount(1_000, { timeout: 30_000 })

  // What the browser’s own search does, as far as a page can ask for it: it finds, and shows what it has found.
  const found = await page.evaluate(
    (text) => Reflect.apply(Reflect.get(window, 'find'), window, [text, false, false, true]),
    firstWords,
  )
  expect(found).toBe(true)
  expect(await page.evaluate(() => String(document.getSelection()))).toBe(firstWords)
  await page.evaluate(() =>
    document.getSelection()?.anchorNode?.parentElement?.scrollIntoView({ block: 'center' }),
  )
  await atRest(page)
  await expect(page.getByText(firstWords)).toBeInViewport()
  expect(await page.evaluate(() => String(document.getSelection())), 'still').toBe(firstWords)

  const middle = message(page, ids[501])
  await page.evaluate((id) => window.location.assign(`#${id}`), ids[501])
  await expect(middle).toHaveAttribute('aria-current', 'location')
  await expect(middle.getByRole('heading', { name: 'Answer 501' })).toBeInViewport()
  await atRest(page)
  const top = await middle.evaluate((element) => element.getBoundingClientRect().top)
  expect(top).toBeGreaterThan(0)
  expect(top).toBeLessThan(200)

  const selected = await middle.evaluate((element) => {
    document.getSelection()?.selectAllChildren(element)
    return String(document.getSelection())
  })
  expect(selected).toContain('Paragraph 1 of answer 501')
  expect(selected).toContain('This was answer 501.')
  const kept = await scrollTop(page)
  await atRest(page)
  expect(await scrollTop(page)).toBe(kept)
})

test('a link to a message in the middle loads the chat up to it, and one to nowhere says so', async ({
  chat,
  page,
  server,
  watch,
}) => {
  // The server is asked for the branch that the message is on.
  watch.expect(/status(?: of)? 404/)
  const { chatId, ids } = await begin(chat, server, 400)
  await page.goto(`/c/${chatId}?message=${ids[120]}`)
  const linked = message(page, ids[120])
  await expect(linked).toHaveAttribute('aria-current', 'location')
  await expect(linked).toBeInViewport()
  await atRest(page)
  await expect(linked).toBeInViewport()
  await page.goto(`/c/${chatId}?message=nowhere`)
  await expect(page.getByText(chat.words.chat.linkedMissing)).toBeVisible({ timeout: 30_000 })
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
})

test('typing in a chat of 1,000 messages costs what it costs in a new one', async ({
  chat,
  page,
  server,
}) => {
  const client = await page.context().newCDPSession(page)
  // Processor time, whatever else the machine does meanwhile.
  await client.send('Performance.enable', { timeDomain: 'threadTicks' })
  const keystrokeMs = async () => {
    const text = 'What follows from this for us, and what does it cost?'
    // Only keys from here on: to look an element up costs the page more than they do.
    await chat.composer.focus()
    const before = await taskMs()
    await page.keyboard.type(text)
    const cost = ((await taskMs()) - before) / text.length
    await chat.composer.fill('')
    return cost
  }
  await keystrokeMs()
  const alone = await keystrokeMs()
  const { chatId } = await begin(chat, server)
  await page.goto(`/c/${chatId}`)
  await chat.ready()
  await expect(messages(page)).toHaveCount(1_000, { timeout: 30_000 })
  await atRest(page)
  await keystrokeMs()
  const amongMany = await keystrokeMs()
  expect(amongMany, `in a new chat ${alone} ms`).toBeLessThan(Math.max(8, 2 * alone))
  expect(amongMany).toBeLessThan(16)

  /** Of the main thread, since the page began. */
  async function taskMs(): Promise<number> {
    const { metrics } = await client.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000
  }
})

test('a chat is found again where it was left, unless something has come since', async ({
  chat,
  page,
  server,
  upstream,
  question,
}) => {
  const { chatId } = await begin(chat, server, 40)
  await page.goto(`/c/${chatId}`)
  await chat.ready()
  await atRest(page)
  await wheelUp(page, 2_500)
  const read = await partInView(page)
  await chat.startNewChat()
  await page.goBack()
  await expect(messages(page).first()).toBeAttached()
  await atRest(page)
  const readAgain = await partInView(page)
  expect(readAgain.text).toBe(read.text)
  expect(Math.abs(readAgain.top - read.top)).toBeLessThan(2)

  const held = upstream.gate(question)
  await chat.say(`${question}\nsay: So far\nhold: ${question}\nsay: and to its end`)
  await expect(chat.answer).toContainText('So far')
  await scroller(page).hover()
  await page.mouse.wheel(0, -1_500)
  await chat.startNewChat()
  const dot = chat.chats.getByText(chat.words.sidebar.answering)
  await expect(dot).toHaveCount(1)
  held.open()
  await expect(dot).toHaveCount(0)
  await page.goBack()
  await expect(chat.answer).toContainText('and to its end')
  await expect(chat.answer).toBeInViewport()
})

/** By how much what was painted has moved since the page began, as https://web.dev/articles/cls counts it. */
function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, 'value'))
        })
        observer.observe({ type: 'layout-shift', buffered: true })
        setTimeout(() => resolve(sum), 500)
      }),
  )
}

/** What stands in the middle of the view. */
function partInView(page: Page): Promise<{ text: string; top: number }> {
  return scroller(page).evaluate((view) => {
    const { left, top, width, height } = view.getBoundingClientRect()
    const part = document.elementFromPoint(left + width / 2, top + height / 2)
    return { text: part?.textContent ?? '', top: part?.getBoundingClientRect().top ?? Number.NaN }
  })
}
