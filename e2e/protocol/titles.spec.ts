import { liveEventSchema } from '@/shared/chat/live-event'
import type { EventStream } from '../fixtures/event-stream'
import { scriptedTitle } from '../fixtures/scripted-upstream'
import { expect, test } from '../fixtures/test'
import { step } from '../upstream/steps'

/** The titles that live events have told so far. */
function toldTitles(liveEvents: EventStream): string[] {
  return liveEvents.events
    .map(({ data }) => liveEventSchema.parse(JSON.parse(data)))
    .flatMap((event) => (event.type === 'chat-changed' ? [event.chat.title] : []))
}

test('a chat has the first words as its title until the model has given one, which holds nothing up', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.scriptTitle(question, function* () {
    yield step.wait(gate.opened)
    yield step.text('“Titles, and How They Come.”\n')
  })
  const liveEvents = await session.liveEvents()
  const stream = await session.send({ chatId, text: `${question}\nsay: An answer` })
  await stream.completed()

  const [listed] = await session.list()
  expect(listed?.title).toMatch(/^a chat has the first words as its title/)
  expect(listed?.activeRunId).toBeNull()
  expect((await session.lastMessage(chatId))?.metadata.status).toBe('done')

  gate.open()
  const title = 'Titles, and How They Come'
  await liveEvents.until((feed) => toldTitles(feed).includes(title))
  expect((await session.load(chatId)).title).toBe(title)
  await liveEvents.close()
})

test('where the model gives no title, the first words stay', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.scriptTitle(question, () => [step.status(500, { error: { message: 'no' } })])
  const liveEvents = await session.liveEvents()
  await (await session.send({ chatId, text: `${question}\nsay: An answer` })).completed()

  await liveEvents.until((feed) => toldTitles(feed).length > 0)
  expect((await session.load(chatId)).title).toMatch(/^where the model gives no title/)
  await liveEvents.close()
})

test('a title that the user gave is never replaced, and only the first answer asks for one', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.scriptTitle(question, function* () {
    yield step.wait(gate.opened)
    yield step.text('A title of the model’s')
  })
  const liveEvents = await session.liveEvents()
  await (await session.send({ chatId, text: `${question}\nsay: One` })).completed()
  await session.requestJson(`/api/chats/${chatId}`, 'PATCH', { title: ' My own title ' })
  await liveEvents.until((feed) => toldTitles(feed).includes('My own title'))
  gate.open()
  await liveEvents.until((feed) => toldTitles(feed).length >= 3)

  await (await session.send({ chatId, text: `${question}\nsay: Two` })).completed()
  await liveEvents.until((feed) => toldTitles(feed).length >= 4)
  const [firstWords, ...later] = toldTitles(liveEvents)
  expect(firstWords).toMatch(/^a title that the user gave/)
  expect(new Set(later)).toEqual(new Set(['My own title']))
  expect((await session.load(chatId)).title).toBe('My own title')
  const titleRequests = upstream.requests.filter(
    ({ body, userText }) => body['stream'] !== true && userText.includes(question),
  )
  expect(titleRequests).toHaveLength(1)
  await liveEvents.close()
})

test('a title of the model’s is in the list, also after the chat went on', async ({
  session,
  chatId,
}) => {
  await (await session.send({ chatId, text: 'say: Hello' })).completed()
  await expect.poll(async () => (await session.list())[0]?.title).toBe(scriptedTitle)
  await (await session.send({ chatId, text: 'say: Again' })).completed()
  expect((await session.list())[0]?.title).toBe(scriptedTitle)
})
