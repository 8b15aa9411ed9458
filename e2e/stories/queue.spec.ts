import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { fill, patternOf } from '../fixtures/words'
import { expect, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

test('two messages are queued, one is changed and put first, and both are sent after the answer', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const held = upstream.gate(question)
  const { queue } = chat.words
  await chat.say(`say: One\nhold: ${question}`)
  await expect(chat.answer).toContainText('One')
  await chat.composer.fill('say: Two')
  await page.getByRole('button', { name: chat.words.composer.queue }).click()
  await chat.composer.fill('say: Three')
  await chat.composer.press('Enter')
  await expect(chat.composer).toHaveValue('')
  await expect(chat.queued).toHaveText([/say: Two/, /say: Three/])
  await expect(page.getByText(fill(queue.queued, { position: 2 }))).toHaveRole('status')

  const edit = chat.queued.nth(1).getByRole('button', { name: patternOf(queue.edit) })
  await edit.click()
  const field = page.getByRole('textbox', { name: queue.textLabel })
  await expect(field).toBeFocused()
  await page.keyboard.type(' times')
  await field.dispatchEvent('keydown', { key: 'Enter', isComposing: true })
  await page.keyboard.press('Escape')
  await expect(edit).toBeFocused()
  await expect(chat.queued.nth(1)).toHaveText(/say: Three(?! times)/)
  await page.keyboard.press('Enter')
  await page.keyboard.type(' times')
  await page.keyboard.press('Enter')
  await expect(chat.queued.nth(1)).toHaveText(/say: Three times/)

  // It shows at once; what is sent first is decided on the server.
  const moved = page.waitForResponse(
    (response) =>
      response.request().method() === 'PATCH' &&
      (response.request().postData() ?? '').includes('position'),
  )
  await page.keyboard.press('Alt+ArrowUp')
  await expect(chat.queued).toHaveText([/say: Three times/, /say: Two/])
  await moved
  await expect(
    chat.queued.first().getByRole('button', { name: patternOf(queue.edit) }),
  ).toBeFocused()
  held.open()
  await expect(chat.answers).toHaveCount(3)
  await chat.finished()
  await expect(chat.questions).toHaveText([/One/, /Three times/, /Two/])
  await expect(chat.answers).toHaveText([/One/, /Three times/, /Two/])
  await expect(chat.queued).toHaveCount(0)
})

test('what waits survives a reload, shows in another tab, and is followed there', async ({
  chat,
  page,
  context,
  upstream,
  question,
}) => {
  const held = upstream.gate(question)
  await chat.say(`say: One\nhold: ${question}`)
  await chat.composer.fill('say: Two')
  await chat.composer.press('Enter')
  await expect(chat.queued).toHaveText([/say: Two/])
  const address = `/c/${await chat.chatId()}`
  const other = await new ChatPage(await context.newPage()).open(address)
  await expect(other.queued).toHaveText([/say: Two/])
  await page.reload()
  await chat.ready()
  await expect(chat.queued).toHaveText([/say: Two/])

  await other.composer.fill('say: Three')
  await other.composer.press('Enter')
  await expect(chat.queued).toHaveText([/say: Two/, /say: Three/])
  await chat.queued
    .first()
    .getByRole('button', { name: patternOf(chat.words.queue.remove) })
    .click()
  await expect(other.queued).toHaveText([/say: Three/])

  held.open()
  for (const tab of [chat, other]) {
    await expect(tab.answers).toHaveText([/One/, /Three/])
    await expect(tab.questions).toHaveCount(2)
    await expect(tab.queued).toHaveCount(0)
  }
})

test('a stopped answer leaves the queue waiting, and “Send now” goes on, or stops an answer itself', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  upstream.gate(question)
  const { queue } = chat.words
  const sendNow = chat.queued.first().getByRole('button', { name: patternOf(queue.sendNowOf) })
  await chat.say(`say: One\nhold: ${question}`)
  await expect(chat.answer).toContainText('One')
  for (const text of [`say: Two\nhold: ${question}`, 'say: Three']) {
    await chat.composer.fill(text)
    await chat.composer.press('Enter')
  }
  await expect(chat.queued).toHaveCount(2)
  await chat.composer.fill('A draft')
  await chat.stop.click()
  await expect(page.getByText(queue.stopped)).toBeVisible()
  await expect(chat.composer).toHaveValue('A draft')

  await sendNow.click()
  await expect(chat.answer).toContainText('Two')
  await expect(chat.queued).toHaveText([/say: Three/])
  await sendNow.focus()
  await page.keyboard.press('Enter')
  await expect(chat.answers).toHaveText([/One/, /Two/, /Three/])
  await expect(chat.answers.nth(1)).toContainText(chat.words.chat.stopped)
  await expect(chat.composer, 'the last one gone, the box has the focus').toBeFocused()
  await expect(chat.questions).toHaveCount(3)
})

test('a waiting message whose model has gone is given another one, and sent', async ({
  chat,
  page,
  context,
  upstream,
  question,
}) => {
  const { baseUrl, apiKey } = upstream
  const data = { name: 'Passing', kind: 'compatible', baseUrl, apiKey }
  const added = await context.request.post('/api/endpoints', { data })
  const [{ id }] = (await added.json()).endpoints
  await chat.chooseModel('Upstream', 'test-model')
  const gate = upstream.gate(question)
  await chat.say(`${question}\nsay: One\nhold: ${question}`)
  await expect(chat.answer).toContainText('One')
  await chat.chooseModel('Passing', 'test-reasoner')
  await chat.composer.fill(`${question} two\nsay: Two`)
  await Promise.all([
    page.waitForResponse((response) => response.url().endsWith('/queue')),
    chat.composer.press('Enter'),
  ])
  await context.request.delete(`/api/endpoints/${id}`, { data: {} })
  const { queue, models } = chat.words
  await expect(chat.queued).toContainText(fill(queue.modelGone, { model: 'test-reasoner' }))
  gate.open()
  await chat.finished()

  const picker = chat.queued.getByRole('button', { name: patternOf(models.choose) })
  await picker.press('Enter')
  const changed = page.waitForResponse((response) => response.request().method() === 'PATCH')
  await page
    .getByRole('group', { name: 'OpenAI' })
    .getByRole('option', { name: 'test-model' })
    .click()
  await changed
  await chat.queued.getByRole('button', { name: patternOf(queue.sendNowOf) }).press('Enter')
  await expect(chat.answers).toHaveText([/One/, /Two/])
  expect((await upstream.whenAsked(`${question} two`)).path).toBe('/v1/responses')
})

test('on a phone, in Chinese, everything about the queue is within a finger’s reach', async ({
  anotherContext,
  upstream,
  question,
}) => {
  const context = await anotherContext({ ...phone, locale: 'zh-CN' })
  const chat = await new ChatPage(await context.newPage(), 'zh-CN').open()
  const held = upstream.gate(question)
  const { composer, queue } = chat.words
  await chat.say(`say: 一\nhold: ${question}`)
  await chat.composer.fill('say: 二')
  await chat.page.getByRole('button', { name: composer.queue }).tap()
  await chat.composer.fill(`say: 三 ${'很长的问题'.repeat(40)}`)
  await expect(chat.stop).toBeVisible()
  await chat.composer.press('Enter')
  await expect(chat.queued).toHaveCount(2)
  await chat.composer.fill('草稿')

  const region = chat.page.getByRole('region', { name: queue.label })
  const buttons = await region.getByRole('button').or(chat.stop).all()
  expect(buttons).toHaveLength(11)
  for (const button of buttons) {
    const box = await button.boundingBox()
    expect(box?.width).toBeGreaterThanOrEqual(44)
    expect(box?.height).toBeGreaterThanOrEqual(44)
  }
  await expectFitsAcross(chat.page)

  await chat.queued
    .nth(1)
    .getByRole('button', { name: patternOf(queue.moveUp) })
    .tap()
  await expect(chat.queued.first()).toHaveText(/三/)
  // It is gone from the list at once; whether it is still sent is decided on the server.
  const removed = chat.page.waitForResponse((response) => response.request().method() === 'DELETE')
  await chat.queued
    .first()
    .getByRole('button', { name: patternOf(queue.remove) })
    .tap()
  await expect(chat.queued).toHaveText([/二/])
  await removed
  held.open()
  await expect(chat.answers).toHaveText([/一/, /二/])
})
