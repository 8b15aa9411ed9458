import { expect, sessionOf, testWithOwnServer as test } from '../fixtures/story-test'
import { textOf } from '../fixtures/schemas'

test('an answer that a kill of the server has cut says so, and can be gone on with', async ({
  chat,
  watch,
  page,
  context,
  upstream,
  ownServer,
  question,
}) => {
  test.slow()
  watch.expect(/ERR_CONNECTION|ERR_INCOMPLETE|ERR_EMPTY|ERR_SOCKET/)
  await chat.say(`${question}\nsay: Written before the kill\nhold: ${question}`)
  await expect(chat.answer).toContainText('Written before the kill')
  const chatId = await chat.chatId()
  const session = await sessionOf(context, ownServer.url)
  await expect
    .poll(async () => textOf(await session.lastMessage(chatId)))
    .toBe('Written before the kill')

  await ownServer.kill('SIGKILL')
  await expect(chat.answer).toContainText(chat.words.chat.reconnecting)
  await expect(chat.answer).toContainText('Written before the kill')
  await ownServer.restart()

  await expect(chat.answer, 'the open page finds out by itself').toContainText(
    chat.words.chat.interrupted,
    { timeout: 15_000 },
  )
  await page.reload()
  await chat.ready()
  await expect(chat.answer).toContainText(chat.words.chat.interrupted)
  await expect(chat.answer).toContainText('Written before the kill')
  await expect(chat.answer.getByRole('button', { name: chat.words.chat.retry })).toBeVisible()

  upstream.script('Your last answer was cut off.', () => [
    { type: 'text', delta: ', and behind it.' },
  ])
  await chat.answer.getByRole('button', { name: chat.words.chat.continue }).click()
  await expect(chat.answer).toContainText('Written before the kill, and behind it.')
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)
  await expect(chat.answer).not.toContainText(chat.words.chat.interrupted)
})
