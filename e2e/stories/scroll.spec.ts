import type { Page } from 'playwright/test'
import { phone } from '../fixtures/screens'
import { atRest, distanceToEnd, scroller, scrollTop, topOf, wheelUp } from '../fixtures/scrolling'
import { expect, test } from '../fixtures/story-test'
import type { ChatPage } from '../pages/chat-page'
import type { Gate } from '../upstream/steps'

/** An answer of which so much has come that it is to be scrolled; the rest comes when the gate opens. */
async function halfAnAnswer(chat: ChatPage, question: string, more: string): Promise<void> {
  await chat.say(`${question}\npace: 0\nlong: 30\nhold: ${question}\npace: 1\n${more}`)
  await expect(chat.answer).toContainText('Paragraph 30 of 30')
  await expect.poll(() => distanceToEnd(chat.page)).toBeLessThan(2)
}

const jumpOf = ({ page, words }: ChatPage) =>
  page.getByRole('button', { name: words.chat.jumpToLatest })

const growing = 'say: Something new at the end of it.\nlong: 8\nsay: The end.'

async function stays(chat: ChatPage, gate: Gate): Promise<void> {
  const { page } = chat
  await expect(jumpOf(chat)).toBeVisible()
  await atRest(page)
  const top = await scrollTop(page)
  gate.open()
  await expect(chat.answer).toContainText('The end.')
  await chat.finished()
  expect(await scrollTop(page), 'what is read has not moved').toBe(top)
  await expect(jumpOf(chat)).toHaveAccessibleName(chat.words.chat.jumpToNew)
}

const ways: Record<string, (page: Page) => Promise<void>> = {
  'a key, PageUp': (page) => pressed(page, 'PageUp'),
  'a key, Home': (page) => pressed(page, 'Home'),
  'a key, ArrowUp': async (page) => {
    for (let count = 0; count < 3; count += 1) await pressed(page, 'ArrowUp')
  },
  'a key, Space with Shift': (page) => pressed(page, 'Shift+Space'),
  'the wheel': (page) => wheelUp(page, 120),
  'the scrollbar, or whatever else moves the view': (page) =>
    scroller(page).evaluate((view) => view.scrollBy(0, -200)),
  'dragging a selection upward': selectUpward,
}

test.describe.configure({ mode: 'parallel' })

test('each way upward ends following, and what is read stays while the answer goes on', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  for (const [index, [name, goUp]] of Object.entries(ways).entries()) {
    await test.step(name, async () => {
      const asked = `${question} ${index}`
      const gate = upstream.gate(asked)
      await halfAnAnswer(chat, asked, growing)
      await goUp(page)
      await stays(chat, gate)
      await page.evaluate(() => document.getSelection()?.removeAllRanges())
      await chat.startNewChat()
    })
  }
})

test('coming back to the end by key or button follows again', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const gate = upstream.gate(question)
  const last = upstream.gate(`${question} last`)
  await halfAnAnswer(chat, question, `${growing}\nhold: ${question} last\nlong: 10`)
  await pressed(page, 'PageUp')
  await expect(jumpOf(chat)).toBeVisible()
  await pressed(page, 'End')
  await expect(jumpOf(chat)).toBeHidden()
  gate.open()
  await expect(chat.answer).toContainText('The end.')
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  await pressed(page, 'Home')
  await jumpOf(chat).click()
  last.open()
  await chat.finished()
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
})

test('what grows above, an image, code or thoughts, moves nothing that is read', async ({
  chat,
  page,
  question,
}) => {
  await chat.say(`${question}\npace: 0\nthink: ${'Well. '.repeat(80)}\nlong: 40`)
  await chat.finished()
  await wheelUp(page, 400)
  const text = 'Paragraph 33 of 40'
  const before = await topOf(page, text)
  // A folded block that opens above, and an image that comes late.
  await chat.answer.evaluate((answer) => answer.querySelector('button')?.click())
  await chat.answer.evaluate((answer) => {
    const image = new Image(300, 200)
    image.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=='
    answer.querySelector('p')?.before(image)
  })
  await atRest(page)
  expect(Math.abs((await topOf(page, text)) - before)).toBeLessThan(1.5)
})

test('a narrower or lower view keeps the end at the end, and otherwise what is read', async ({
  chat,
  page,
  question,
}) => {
  await page.setViewportSize({ width: 844, height: 390 })
  await chat.say(`${question}\npace: 0\nlong: 40`)
  await chat.finished()
  await expect.poll(() => distanceToEnd(page)).toBeLessThan(2)
  await page.setViewportSize(phone.viewport)
  await expect.poll(() => distanceToEnd(page), 'turned').toBeLessThan(2)
  await page.setViewportSize({ ...phone.viewport, height: 450 })
  await expect.poll(() => distanceToEnd(page), 'above a keyboard').toBeLessThan(2)

  await page.setViewportSize({ width: 844, height: 390 })
  await wheelUp(page, 900)
  const read = await firstParagraphInView(page)
  await page.setViewportSize(phone.viewport)
  await atRest(page)
  expect(await firstParagraphInView(page)).toBe(read)

  await page.setViewportSize({ width: 900, height: 700 })
  await atRest(page)
  expect(await firstParagraphInView(page)).toBe(read)
  await page.getByRole('button', { name: chat.words.sidebar.fold }).click()
  await atRest(page)
  expect(await firstParagraphInView(page), 'the sidebar folded').toBe(read)
  const device = await page.context().newCDPSession(page)
  const zoomed = { width: 720, height: 560, deviceScaleFactor: 1.25, mobile: false }
  await device.send('Emulation.setDeviceMetricsOverride', zoomed)
  await atRest(page)
  expect(await firstParagraphInView(page), 'zoomed by a quarter').toBe(read)
})

test.describe('by touch', () => {
  test.use(phone)

  test('a finger that pulls down ends following', async ({ chat, page, upstream, question }) => {
    const gate = upstream.gate(question)
    await halfAnAnswer(chat, question, growing)
    await pullDown(page, 240)
    await stays(chat, gate)
  })
})

async function pressed(page: Page, key: string): Promise<void> {
  await scroller(page).focus()
  await page.keyboard.press(key)
}

/** One finger on the conversation, downwards. */
async function pullDown(page: Page, distance: number): Promise<void> {
  const input = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    input.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: y === undefined ? [] : [{ x: 200, y }],
    })
  await touch('touchStart', 300)
  for (let moved = 20; moved <= distance; moved += 20) await touch('touchMove', 300 + moved)
  await touch('touchEnd')
}

async function selectUpward(page: Page): Promise<void> {
  const last = page.getByText('Paragraph 30 of 30')
  const box = await last.boundingBox()
  if (!box) throw new Error('The paragraph is not there.')
  await page.mouse.move(box.x + 200, box.y + 5)
  await page.mouse.down()
  await page.mouse.move(box.x + 20, box.y - 150, { steps: 5 })
  await page.mouse.up()
  // The selection alone stops following when something comes; the view is moved to see the button.
  await wheelUp(page, 60)
}

function firstParagraphInView(page: Page): Promise<string> {
  return scroller(page).evaluate((view) => {
    const edge = view.getBoundingClientRect().top
    const paragraphs = [...view.querySelectorAll('article p')]
    const first = paragraphs.find((each) => each.getBoundingClientRect().bottom > edge)
    return first?.textContent ?? ''
  })
}
