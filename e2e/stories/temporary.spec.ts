import { expectFitsAcross } from '../fixtures/layout'
import { phone } from '../fixtures/screens'
import { expect, sessionOf, test } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'

const temporaryAddress = '/?temporary=1'

test('a temporary chat says so, stands in no list, survives a reload while it streams, and is gone once closed', async ({
  chat,
  page,
  origin,
  upstream,
  question,
}) => {
  const { temporary, welcome, sidebar } = chat.words
  await chat.composer.fill('Half a question')
  await page.getByRole('button', { name: welcome.temporary }).click()
  await expect(page.getByRole('heading', { name: welcome.temporaryGreeting })).toBeVisible()
  await expect(page.getByRole('heading', { name: temporary.title })).toBeVisible()
  await expect(chat.composer).toHaveValue('Half a question')

  await chat.say(`say: A secret\nhold: ${question}\nsay:  to the end`)
  await expect(chat.answer).toContainText('A secret')
  const chatId = await chat.chatId()
  await page.reload()
  await chat.ready()
  await expect(page.getByRole('heading', { name: temporary.title })).toBeVisible()
  upstream.gate(question).open()
  await expect(chat.answer).toContainText('A secret to the end')
  await chat.finished()
  const session = await sessionOf(page.context(), origin)
  expect(await session.list()).toEqual([])
  await expect(chat.chats).toContainText(sidebar.empty)

  const deleted = page.waitForResponse((response) => response.request().method() === 'DELETE')
  await page.getByRole('button', { name: temporary.close }).click()
  await expect(page.getByRole('heading', { name: welcome.greeting })).toBeVisible()
  await deleted
  await expect(chat.composer).toHaveValue('')
  expect((await session.fetch(`/api/chats/${chatId}`)).status).toBe(404)
})

test('a page that is left says so, and one that comes back in time holds the chat again', async ({
  chat,
  page,
  origin,
}) => {
  await page.goto(temporaryAddress)
  await chat.ready()
  await chat.say('say: A secret')
  await chat.finished()
  const chatId = await chat.chatId()
  const left = page.waitForRequest(
    (request) =>
      request.url() === `${origin}/api/chats/${chatId}/hold` &&
      request.postData() === JSON.stringify({ left: true }),
  )
  await chat.startNewChat()
  await left
  const held = page.waitForResponse(
    (response) => response.url().endsWith(`${chatId}/hold`) && response.ok(),
  )
  await page.goBack()
  await expect(chat.answer).toContainText('A secret')
  await held
})

test('one is begun beside “New chat” by keyboard, and takes along what is written', async ({
  chat,
  page,
}) => {
  const { welcome, sidebar } = chat.words
  await chat.composer.fill('Half a secret')
  await page.getByRole('link', { name: sidebar.newChat }).first().focus()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('tooltip')).toHaveText(sidebar.temporaryChat)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: welcome.temporaryGreeting })).toBeVisible()
  await expect(chat.composer).toHaveValue('Half a secret')
  // What is temporary stays on no device either.
  await page.goto('/')
  await chat.ready()
  await expect(page.getByRole('heading', { name: welcome.greeting })).toBeVisible()
  await expect(chat.composer).toHaveValue('')
})

test('手机上开始临时对话', async ({ anotherContext }) => {
  const context = await anotherContext({ ...phone, locale: 'zh-CN' })
  const page = await context.newPage()
  const chat = await new ChatPage(page, 'zh-CN').open()
  const { temporary, sidebar } = chat.words
  await page.getByRole('button', { name: sidebar.open }).tap()
  await page.getByRole('dialog').getByRole('link', { name: sidebar.temporaryChat }).tap()
  await expect(page.getByText(temporary.note)).toBeVisible()
  await chat.say('say: 只在这里说')
  await chat.finished()
  await expect(page.getByRole('button', { name: temporary.close })).toBeInViewport()
  await expectFitsAcross(page)
})
