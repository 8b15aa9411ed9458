import { addChats } from '../fixtures/many-chats'
import { expect, sessionOf, test } from '../fixtures/story-test'
import { step } from '../upstream/steps'

const dayMs = 86_400_000

test('the title comes by itself, in the list, the header and the window', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const gate = upstream.gate(question)
  upstream.scriptTitle(question, function* () {
    yield step.wait(gate.opened)
    yield step.text('A name by the model')
  })
  await chat.say(question)
  await expect(chat.chat(question), 'first its first words').toBeVisible()
  await chat.finished()
  await expect(chat.stop, 'the title holds nothing open').toBeHidden()
  gate.open()

  await expect(chat.chat('A name by the model')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'A name by the model' })).toBeVisible()
  await expect(page).toHaveTitle('A name by the model — Rivulet')
})

test('another chat leaves the stream running, its dot in the list, and it is found live', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  const gate = upstream.gate(question)
  await chat.say('say: An older chat')
  await chat.finished()
  const older = await chat.chatId()

  await chat.startNewChat()
  await chat.say(`${question}\nsay: It is running\nhold: ${question}\nsay:  to its end.`)
  await expect(chat.answer).toContainText('It is running')
  const running = await chat.chatId()
  expect(running).not.toBe(older)

  const dot = chat.chats.getByText(chat.words.sidebar.answering)
  await expect(dot).toHaveCount(1)
  await page.locator(`a[href="/c/${older}"]`).click()
  await expect(chat.answer).toContainText('An older chat')
  await expect(chat.send).toBeVisible()
  await expect(dot).toHaveCount(1)
  const request = await upstream.whenAsked(question)
  expect(request.aborted).toBe(false)

  await chat.startNewChat()
  await chat.say('say: Begun beside it')
  await chat.finished()

  await page.locator(`a[href="/c/${running}"]`).click()
  await expect(chat.answer).toContainText('It is running')
  await expect(chat.stop).toBeVisible()
  gate.open()
  await expect(chat.answer).toContainText('It is running to its end.')
  await chat.finished()
  await expect(dot).toHaveCount(0)
  expect(upstream.asked(question)).toHaveLength(1)

  // Back through all of them, and forward again.
  await page.goBack()
  await expect(chat.answer).toContainText('Begun beside it')
  await page.goBack()
  await expect(chat.answer).toContainText('An older chat')
  await page.goForward()
  await expect(chat.answer).toContainText('Begun beside it')
  await page.goForward()
  await expect(chat.answer).toContainText('It is running to its end.')
})

test('back from a new chat leads to the empty page, and forward to the chat again', async ({
  chat,
  page,
}) => {
  await chat.say('say: The only one')
  await chat.finished()
  const { pathname } = new URL(page.url())
  await chat.startNewChat()
  await expect(page).toHaveURL(/\/$/)
  await expect(chat.log).toBeHidden()
  await page.goBack()
  await expect(page).toHaveURL(pathname)
  await expect(chat.answer).toContainText('The only one')
  await page.goForward()
  await expect(chat.log).toBeHidden()
  await expect(page.getByRole('heading', { name: chat.words.welcome.greeting })).toBeVisible()
})

test('a chat is renamed, in its place, and keeps the name', async ({
  chat,
  page,
  upstream,
  question,
}) => {
  upstream.scriptTitle(question, () => [step.text('Before')])
  await chat.say(question)
  await expect(chat.chat('Before')).toBeVisible()
  await chat.chatMenu('Before', chat.words.sidebar.rename)
  const field = page.getByRole('textbox', { name: chat.words.sidebar.newName })
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('Before')
  await field.fill('Never this one')
  await field.press('Escape')
  await expect(chat.chat('Before')).toBeFocused()

  await chat.chatMenu('Before', chat.words.sidebar.rename)
  await field.fill('After')
  await field.press('Enter')
  await expect(chat.chat('After')).toBeVisible()
  await expect(chat.chat('After')).toBeFocused()
  await expect(page).toHaveTitle('After — Rivulet')
  await page.reload()
  await expect(chat.chat('After')).toBeVisible()
  await expect(chat.chat('Before')).toHaveCount(0)
})

test('a deleted chat is gone at once, and Undo brings it back', async ({
  chat,
  page,
  context,
  origin,
  upstream,
  question,
}) => {
  upstream.scriptTitle(question, () => [step.text('A short life')])
  await chat.say(`${question}\nsay: Not lost`)
  await expect(chat.chat('A short life')).toBeVisible()
  const address = page.url()
  const session = await sessionOf(context, origin)

  await chat.chatMenu('A short life', chat.words.sidebar.delete)
  await expect(chat.chat('A short life')).toHaveCount(0)
  await expect(page).toHaveURL(/\/$/)
  const toast = page.getByRole('listitem').filter({ hasText: chat.words.sidebar.deleted })
  await expect(toast).toContainText('A short life')
  expect(await session.list()).toEqual([])

  await toast.getByRole('button', { name: chat.words.sidebar.undo }).click()
  await expect(chat.chat('A short life')).toBeVisible()
  await expect(page).toHaveURL(address)
  await expect(chat.answer).toContainText('Not lost')
  await page.reload()
  await expect(chat.answer).toContainText('Not lost')
  await expect(chat.chat('A short life')).toBeVisible()
})

test('chats stand under the days and months that people think in, and more load on scrolling', async ({
  chat,
  page,
  server,
}) => {
  const now = Date.now()
  const ages = [0, 1, 4, 20, 100, 500, ...Array<number>(54).fill(900)]
  await chat.say('say: So that there is a user')
  await chat.finished()
  addChats(
    { dataDir: server.dataDir, beside: await chat.chatId() },
    ages.map((days, index) => ({ title: `Chat ${index}`, updatedAt: now - days * dayMs - index })),
  )

  await chat.open()
  const { today, yesterday, previous7Days, previous30Days } = chat.words.sidebar
  await expect(chat.chats.getByRole('heading')).toHaveText([
    today,
    yesterday,
    previous7Days,
    previous30Days,
    monthOf(now - 100 * dayMs, now),
    monthOf(now - 500 * dayMs, now),
    monthOf(now - 900 * dayMs, now),
  ])
  await expect(chat.chat('Chat 59')).toHaveCount(0)
  await chat.chat('Chat 20').hover()
  await expect(async () => {
    await page.mouse.wheel(0, 10_000)
    await expect(chat.chat('Chat 59')).toBeInViewport({ timeout: 500 })
  }).toPass()
})

function monthOf(time: number, now: number): string {
  const date = new Date(time)
  const isThisYear = date.getUTCFullYear() === new Date(now).getUTCFullYear()
  return new Intl.DateTimeFormat('en', {
    month: 'long',
    timeZone: 'UTC',
    ...(!isThisYear && { year: 'numeric' }),
  }).format(date)
}
