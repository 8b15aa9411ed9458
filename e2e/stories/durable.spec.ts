import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from 'playwright/test'
import { startNetwork, type Network } from '../fixtures/network'
import { textOf } from '../fixtures/schemas'
import { expect, sessionOf, test, testWithOwnServer } from '../fixtures/story-test'
import { ChatPage } from '../pages/chat-page'
import { step } from '../upstream/steps'

/** A server that may be restarted, and a cable to it that may be pulled. */
const testWithNetwork = testWithOwnServer.extend<{ network: Network }>({
  network: async ({ ownServer }, use) => {
    const network = await startNetwork(ownServer.port)
    await use(network)
    await network.close()
  },
  origin: ({ network }, use) => use(network.url),
})

const cutConnection = /ERR_(INTERNET_DISCONNECTED|CONNECTION|INCOMPLETE|EMPTY|SOCKET|NETWORK)/
const words = Array.from({ length: 150 }, (_, index) => `word${index}`)

test('row 2: however often the page is refreshed, it shows one answer, whole and once', async ({
  chat,
  page,
  context,
  upstream,
  server,
  question,
}) => {
  upstream.script(question, function* () {
    for (const word of words) {
      yield step.text(`${word} `)
      yield step.wait(25)
    }
  })
  await chat.say(question)
  for (const seen of ['word50', 'word85', 'word120']) {
    await expect(chat.answer).toContainText(seen)
    const reloaded = await page.reload()
    expect(await reloaded?.text(), 'what was saved is in the page itself').toContain('word5 ')
    await expect(chat.answer).toContainText(seen)
    await expect(chat.answers).toHaveCount(1)
  }
  await chat.finished()

  await expect(chat.answer).toContainText(words.join(' '))
  expect(await chat.count('word75 ')).toBe(1)
  const session = await sessionOf(context, server.url)
  expect(textOf(await session.lastMessage(await chat.chatId()))).toBe(`${words.join(' ')} `)
  expect(upstream.asked(question)).toHaveLength(1)
})

testWithNetwork(
  'row 3: a page that slept through the end, and the log’s, wakes to the whole answer without an error',
  async ({ chat, context, watch, network, ownServer, upstream, question }) => {
    test.slow()
    watch.expect(cutConnection)
    await chat.say(`${question}\nsay: Before sleep,\nhold: ${question}\nsay:  and after.`)
    await expect(chat.answer).toContainText('Before sleep,')
    const chatId = await chat.chatId()
    await context.setOffline(true)
    network.pull()
    upstream.gate(question).open()
    const session = await sessionOf(context, ownServer.url)
    await expect.poll(async () => (await session.lastMessage(chatId))?.metadata.status).toBe('done')
    // The memory log goes with its process, as it does five minutes after the end.
    await ownServer.kill('SIGTERM')
    await ownServer.restart()

    network.plugIn()
    await context.setOffline(false)
    await expect(chat.answer).toContainText('Before sleep, and after.')
    await chat.finished()
    await expect(chat.answer.getByRole('alert')).toHaveCount(0)
    await expect(chat.answers).toHaveCount(1)
    expect(upstream.asked(question)).toHaveLength(1)
  },
)

test('row 19: Stop in a second tab ends the answer in both, and the model is told at once', async ({
  chat,
  context,
  upstream,
  question,
}) => {
  await chat.say(`${question}\nsay: As far as here\nhold: ${question}\nsay: never seen`)
  await expect(chat.answer).toContainText('As far as here')
  const other = await new ChatPage(await context.newPage()).open(`/c/${await chat.chatId()}`)
  await expect(other.answer).toContainText('As far as here')
  const request = await upstream.whenAsked(question)
  const stoppedAt = Date.now()
  await other.stop.click()
  await request.whenAborted
  expect((request.abortedAt ?? Infinity) - stoppedAt).toBeLessThan(1000)

  for (const tab of [chat, other]) {
    await expect(tab.answer).toContainText(tab.words.chat.stopped)
    await expect(tab.answer).toContainText('As far as here')
    await expect(tab.stop).toBeHidden()
    await expect(tab.answers).toHaveCount(1)
  }
})

test('row 33: with an answer under way in seven tabs on plain HTTP, the eighth loads, sends and streams', async ({
  context,
  upstream,
  question,
}) => {
  test.setTimeout(120_000)
  // Playwright shows every tab; people see one.
  await context.addInitScript(() => {
    Object.defineProperty(document, 'visibilityState', {
      get: () => (Reflect.get(globalThis, 'concealed') ? 'hidden' : 'visible'),
    })
  })
  // It says something all the time, for opening so many tabs takes longer than a model may be silent.
  const gate = upstream.gate(question)
  upstream.script(question, async function* () {
    const ends = gate.opened.then(() => true)
    do yield step.text('so ')
    while (!(await Promise.race([ends, delay(500, false)])))
    yield step.text('it ends.')
  })
  const openTab = async () => new ChatPage(await context.newPage()).open()
  const concealed: ChatPage[] = []
  for (let tab = 1; tab <= 7; tab += 1) {
    const chat = await openTab()
    await chat.say(`${question} ${tab}`)
    await expect(chat.answer).toContainText('so', { timeout: 20_000 })
    await showTab(chat.page, false)
    concealed.push(chat)
  }

  const eighth = await openTab()
  const [, id] = question.split(' ')
  await eighth.say(`say: It streams,\nhold: eighth ${id}\nsay:  to its end.`)
  await expect(eighth.answer).toContainText('It streams,', { timeout: 20_000 })
  upstream.gate(`eighth ${id}`).open()
  await expect(eighth.answer).toContainText('It streams, to its end.')
  await eighth.finished()

  gate.open()
  for (const chat of concealed) {
    await showTab(chat.page, true)
    await expect(chat.answer).toContainText('so it ends.')
    await chat.finished()
  }
})

async function showTab(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((isVisible) => {
    Object.assign(globalThis, { concealed: !isVisible })
    document.dispatchEvent(new Event('visibilitychange'))
  }, visible)
}
