import { startNetwork, type Network } from '../fixtures/network'
import { expect, sessionOf, test as base } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'
import { step } from '../upstream/steps'

/** A browser whose connection to the server can be cut. */
const test = base.extend<{ network: Network }>({
  network: async ({ server }, use) => {
    const network = await startNetwork(server.port)
    await use(network)
    await network.close()
  },
  origin: ({ network }, use) => use(network.url),
})

const cutConnection = /ERR_(INTERNET_DISCONNECTED|CONNECTION|INCOMPLETE|EMPTY|SOCKET|NETWORK)/

test('a cut connection says so, and the answer goes on where it was', async ({
  chat,
  watch,
  network,
  upstream,
  question,
}) => {
  watch.expect(cutConnection)
  const gate = upstream.gate(question)
  await chat.say(`${question}\nsay: Before the cut,\nhold: ${question}\nsay:  and after it.`)
  await expect(chat.answer).toContainText('Before the cut,')
  network.pull()
  await expect(chat.answer).toContainText(chat.words.chat.reconnecting)
  await expect(chat.answer).toContainText('Before the cut,')
  network.plugIn()

  await expect(chat.answer).not.toContainText(chat.words.chat.reconnecting)
  gate.open()
  await expect(chat.answer).toContainText('Before the cut, and after it.')
  await chat.finished()
  await expect(chat.answers).toHaveCount(1)
  expect(upstream.asked(question)).toHaveLength(1)
})

test('offline the answer says that it is kept, and back online it is exact', async ({
  chat,
  watch,
  context,
  network,
  upstream,
  question,
}) => {
  watch.expect(cutConnection)
  const [second, third] = [upstream.gate(`${question} 2`), upstream.gate(`${question} 3`)]
  const words = Array.from({ length: 120 }, (_, index) => `word${index} `)
  upstream.script(question, function* () {
    for (const word of words.slice(0, 40)) yield step.text(word)
    yield step.wait(second.opened)
    for (const word of words.slice(40, 80)) yield step.text(word)
    yield step.wait(third.opened)
    for (const word of words.slice(80)) yield step.text(word)
  })
  await chat.say(question)
  await expect(chat.answer).toContainText('word39')

  await context.setOffline(true)
  network.pull()
  second.open()
  await expect(chat.answer).toContainText(chat.words.chat.offline)
  await expect(chat.page.getByText(chat.words.composer.offline)).toBeVisible()
  await expect(chat.answer).toContainText('word39')
  network.plugIn()
  await context.setOffline(false)
  await expect(chat.answer).toContainText('word79')
  third.open()

  await chat.finished()
  await expect(chat.answer).not.toContainText(chat.words.chat.offline)
  await expect(chat.page.getByText(chat.words.composer.offline)).toBeHidden()
  await expect(chat.answer).toContainText(words.join('').trim())
  expect(await chat.count('word39 ')).toBe(1)
  await expect(chat.answers).toHaveCount(1)
})

test('a branch that was selected elsewhere while the connection was cut is shown once it is back', async ({
  chat,
  watch,
  context,
  network,
  server,
  upstream,
  question,
}) => {
  watch.expect(cutConnection)
  const answers = ['The first answer', 'The second answer']
  upstream.script(question, () => [step.text(answers.shift() ?? '')])
  await chat.say(question)
  await chat.finished()
  const chatId = await chat.chatId()
  const elsewhere = await sessionOf(context, server.url)
  const first = await elsewhere.lastMessage(chatId)
  await chat.answer.getByRole('button', { name: chat.words.chat.regenerate }).click()
  await expect(chat.answer).toContainText('The second answer')
  await chat.finished()

  network.pull()
  const path = `/api/chats/${chatId}/branch`
  expect((await elsewhere.requestJson(path, 'POST', { messageId: first?.id })).ok).toBe(true)
  network.plugIn()
  await expect(chat.answer).toContainText('The first answer')
})

test('what is sent while offline comes back into the box with the reason', async ({
  chat,
  watch,
  context,
  question,
}) => {
  watch.expect(cutConnection)
  await chat.say('say: The first answer')
  await chat.finished()
  await context.setOffline(true)
  await chat.composer.fill(question)
  await chat.composer.press('Enter')
  await expect(chat.composer).toHaveValue(question)
  await expect(chat.page.getByText(chat.words.composer.networkFailed)).toBeVisible()
  expect(await chat.count(question)).toBe(0)

  await context.setOffline(false)
  await chat.composer.press('Enter')
  await expect(chat.log).toContainText(question)
  await expect(chat.answers).toHaveCount(2)
  await chat.finished()
  expect(await chat.count(question)).toBe(1)
})

test('a second tab of the same user shows the same answer as it streams, and the title at once', async ({
  chat,
  context,
  upstream,
  question,
}) => {
  const gate = upstream.gate(question)
  upstream.scriptTitle(question, () => [step.text(`Named ${question}`)])
  const other = new ChatPage(await context.newPage())
  await other.open()

  await chat.say(`${question}\nsay: Seen by both,\nhold: ${question}\nsay:  to the end.`)
  await expect(chat.answer).toContainText('Seen by both,')
  const row = other.chat(new RegExp(question))
  await expect(row).toContainText(other.words.sidebar.answering)
  await row.click()
  await expect(other.answer).toContainText('Seen by both,')
  await expect(other.stop).toBeVisible()

  gate.open()
  for (const tab of [chat, other]) {
    await expect(tab.answer).toContainText('Seen by both, to the end.')
    await tab.finished()
    await expect(tab.chat(`Named ${question}`)).toBeVisible()
    await expect(tab.page.getByRole('heading', { name: `Named ${question}` })).toBeVisible()
  }
})
