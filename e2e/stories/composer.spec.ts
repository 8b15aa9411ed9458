import { randomUUID } from 'node:crypto'
import { expect, sessionOf, test } from '../fixtures/story-test'
import { gate } from '../upstream/steps'

test('drafts survive a reload, each in its own chat', async ({ chat, page }) => {
  await chat.composer.fill('For a new chat')
  await page.reload()
  await chat.ready()
  await expect(chat.composer).toHaveValue('For a new chat')

  await chat.say('say: One')
  await chat.finished()
  const first = await chat.chatId()
  await chat.composer.fill('For the first')
  await chat.startNewChat()
  await expect(chat.composer).toHaveValue('')
  await chat.composer.fill('For the next')

  await page.locator(`a[href="/c/${first}"]`).click()
  await expect(chat.composer).toHaveValue('For the first')
  await page.reload()
  await chat.ready()
  await expect(chat.composer).toHaveValue('For the first')
  await chat.startNewChat()
  await expect(chat.composer).toHaveValue('For the next')

  await chat.say('say: Two')
  await chat.finished()
  await page.reload()
  await chat.ready()
  await expect(chat.composer, 'what was sent is no draft any more').toHaveValue('')
})

test('what is typed and clicked before the scripts have come is not lost', async ({
  chat,
  page,
}) => {
  const scripts = gate()
  await page.route('**/_next/static/**/*.js', async (route) => {
    await scripts.opened
    await route.fallback()
  })
  await page.goto('/', { waitUntil: 'commit' })
  await chat.composer.fill('say: Typed early')
  await chat.send.click({ force: true })
  scripts.open()
  await chat.ready()
  await expect(page).toHaveURL(/\/$/)
  await expect(chat.composer).toHaveValue('say: Typed early')
  await chat.send.click()
  await expect(chat.answer).toContainText('Typed early')
})

test('Enter sends, Shift and Enter starts a line, and Enter in a composition does neither', async ({
  chat,
  page,
}) => {
  await expect(chat.composer, 'ready to type').toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.type('say: first')
  await page.keyboard.press('Shift+Enter')
  await page.keyboard.type('say:  and second')
  await expect(chat.composer).toHaveValue('say: first\nsay:  and second')

  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 })
  const composing = { windowsVirtualKeyCode: 229, key: 'Process', code: 'Enter' }
  await devTools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...composing })
  await devTools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...composing })
  await chat.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  // As Safari reports it: the composition is over, only the code tells.
  await chat.composer.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 })
  await devTools.send('Input.insertText', { text: '你' })
  await expect(chat.composer).toHaveValue('say: first\nsay:  and second你')
  await expect(chat.log).toHaveCount(0)

  await page.keyboard.press('Enter')
  await expect(chat.composer).toHaveValue('')
  await expect(chat.answer).toContainText('first and second你')
  await chat.finished()
  await expect(chat.composer, 'ready for the next one').toBeFocused()
  await expect(chat.questions).toHaveCount(1)
})

test('nothing but spaces is not sent', async ({ chat, page }) => {
  await chat.composer.fill('  \n ')
  await page.keyboard.press('Enter')
  await chat.send.click({ force: true })
  await expect(chat.composer).toHaveValue('  \n ')
  await expect(chat.log).toHaveCount(0)
})

test('too long a text says by how much, keeps it, and sends it once it is shortened', async ({
  chat,
  page,
}) => {
  const text = `say: ${'x'.repeat(31_998)}`
  await chat.composer.fill(text)
  const notice = page.getByText('3 characters too many. At most 32,000 can be sent.')
  await expect(notice).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(chat.composer).toHaveValue(text)
  await expect(chat.log).toHaveCount(0)

  await chat.composer.fill('say: shorter')
  await expect(notice).toBeHidden()
  await page.keyboard.press('Enter')
  await expect(chat.answer).toContainText('shorter')
})

test('a paste of 200 KB keeps typing quick, and the box in its bounds', async ({
  chat,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  const devTools = await context.newCDPSession(page)
  // Time that the page's thread has worked, not time that went by: other work on the machine does not count.
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const emptyMs = await keystrokeMs()
  const text = 'A line that is pasted.\n'.repeat(9_000)
  await page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text)
  await page.keyboard.press('ControlOrMeta+V')
  await expect(page.getByText(/too many/)).toBeVisible()

  // Six times as much was measured, for the browser's own layout of the text. Rendering it as well takes a hundred times as much.
  expect(await keystrokeMs()).toBeLessThan(emptyMs * 15)
  const box = await chat.composer.boundingBox()
  const height = page.viewportSize()?.height ?? 0
  expect(box?.height, 'at most 40 % of the height').toBeLessThanOrEqual(height * 0.4 + 1)
  expect(box?.height).toBeGreaterThan(height * 0.3)

  /** The median of eleven, for a part that is loaded meanwhile is work too. */
  async function keystrokeMs(): Promise<number> {
    const times: number[] = []
    for (let count = 0; count < 11; count += 1) {
      const before = await workedMs()
      await page.keyboard.press('x')
      await page.evaluate(() => new Promise(requestAnimationFrame))
      times.push((await workedMs()) - before)
    }
    return times.toSorted((a, b) => a - b)[5] ?? Number.NaN
  }

  async function workedMs(): Promise<number> {
    const { metrics } = await devTools.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1_000
  }
})

test('a text sent while another tab’s answer is written waits for its end', async ({
  chat,
  watch,
  page,
  context,
  origin,
  upstream,
  question,
}) => {
  watch.expect(/status of 409|status 409/, /ERR_FAILED.*events|events.*ERR_FAILED/)
  const held = upstream.gate(question)
  await chat.say('say: Free')
  await chat.finished()
  const chatId = await chat.chatId()
  // This tab does not hear that another one has begun.
  await page.route('**/api/events', (route) => route.abort())
  await page.reload()
  await chat.ready()
  const session = await sessionOf(context, origin)
  const text = `${question}\nsay: Busy\nhold: ${question}`
  const stream = await session.send({ chatId, text, messageId: randomUUID() })

  await chat.composer.fill('say: Me too')
  await chat.composer.press('Enter')
  await expect(chat.queued).toHaveText(/Me too/)
  await expect(chat.composer).toHaveValue('')
  await expect(chat.answer, 'the other one’s answer is shown').toContainText('Busy')
  await expect(chat.stop).toBeVisible()
  held.open()
  await stream.completed()
  await expect(chat.answers).toHaveCount(3)
  await expect(chat.answer).toContainText('Me too')
  await expect(chat.queued).toHaveCount(0)
  await chat.finished()
})
