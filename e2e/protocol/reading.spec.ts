import { messageText } from '@/shared/chat/message-text'
import { digestOf } from '../fixtures/digest'
import { fault, startFaultProxy, type Cut } from '../fixtures/fault-proxy'
import { textOf } from '../fixtures/schemas'
import { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'
import { askAndRead, createLastingClient } from '../fixtures/transport'
import { step, tokensOf } from '../upstream/steps'

const manyBytesEach = 'Zoë 量了温度：二十六度 🌡️。她说 “👩🏽‍🚀 ok” — '.repeat(12)

const insideCharacter: Cut = (bytes) => inside(bytes, (byte) => byte >= 0xe0, 2)
const insideFieldName: Cut = (bytes) => after(bytes, '\ndata', 3)
const insideId: Cut = (bytes) => after(bytes, '\nid: ', 6)
const insideToken: Cut = (bytes) => after(bytes, '"delta":"', 10)
const betweenLines: Cut = (bytes) => after(bytes, '\ndata: ', -6)
const behindEvent: Cut = (bytes) => after(bytes, '}\n\n', 3)
const everywhere = [
  insideCharacter,
  insideFieldName,
  insideId,
  insideToken,
  betweenLines,
  behindEvent,
  insideCharacter,
]

for (const { title, by } of [
  { title: 'row 1: a reader whose socket drops anywhere', by: fault.reset },
  { title: 'row 16: a reader whose response ends without the marker', by: fault.end },
]) {
  test(`${title} goes on behind its last event and has every byte`, async ({
    session,
    server,
    upstream,
    question,
    chatId,
  }) => {
    upstream.script(question, function* () {
      for (const token of tokensOf(manyBytesEach)) {
        yield step.text(token)
        yield step.wait(4)
      }
    })
    const proxy = await startFaultProxy({ target: server.url, faults: everywhere.map(by) })
    const client = createLastingClient(new Session(proxy.url, session.cookie))

    const answer = await askAndRead(client, { chatId, text: question })
    await proxy.close()

    expect(proxy.streams).toHaveLength(everywhere.length + 1)
    expect(client.lost).toEqual([])
    expect(client.transport.malformedCount).toBe(0)
    expect(answer?.metadata?.status).toBe('done')
    const stored = await session.lastMessage(chatId)
    expect(digestOf(answer && messageText(answer))).toBe(digestOf(manyBytesEach))
    expect(digestOf(textOf(stored))).toBe(digestOf(manyBytesEach))
    expect(answer?.id).toBe(stored?.id)
    expect(upstream.asked(question)).toHaveLength(1)
  })
}

test('row 2: a reload finds the stored text at once, then everything, as one message', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  const [before, afterwards] = ['What was said before the reload. ', 'And what came later.']
  upstream.script(question, function* () {
    for (const token of tokensOf(before)) yield step.text(token)
    yield step.wait(gate.opened)
    for (const token of tokensOf(afterwards)) yield step.text(token)
  })
  const first = await session.send({ chatId, text: question })
  await first.untilText(before)
  await first.close()

  await expect.poll(async () => textOf(await session.lastMessage(chatId))).toBe(before)
  const { activeRunId, messages } = await session.load(chatId)
  expect(activeRunId).toBe(first.runId)
  expect(messages).toMatchObject([
    { role: 'user' },
    { role: 'assistant', metadata: { status: 'running' } },
  ])

  const reloaded = await session.attach(chatId)
  await reloaded.untilText(before)
  expect(reloaded.chunks[0]).toMatchObject({ type: 'start', messageId: messages[1]?.id })
  gate.open()
  await reloaded.completed()

  expect(reloaded.text).toBe(before + afterwards)
  const reloadedChat = await session.load(chatId)
  expect(reloadedChat.activeRunId).toBeNull()
  expect(reloadedChat.messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id))
  expect(textOf(reloadedChat.messages[1])).toBe(before + afterwards)
  expect(upstream.asked(question)).toHaveLength(1)
})

test('row 3: who slept through the end finds nothing to attach to and the whole answer stored', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text('Half of it. ')
    yield step.wait(gate.opened)
    yield step.text('The other half.')
  })
  const asleep = await session.send({ chatId, text: question })
  await asleep.untilText('Half of it. ')
  await asleep.close()
  gate.open()
  await expect.poll(async () => (await session.lastMessage(chatId))?.metadata.status).toBe('done')

  expect((await session.attach(chatId)).status).toBe(204)
  const rest = await session.attach(chatId, asleep.lastEventId)
  await rest.completed()
  expect(asleep.text + rest.text).toBe('Half of it. The other half.')
  expect((await session.attach(chatId, rest.lastEventId)).status).toBe(204)

  const { messages } = await session.load(chatId)
  expect(messages.map(textOf)).toEqual([question, 'Half of it. The other half.'])
})

test('goes on behind the last event, named by header or query, with nothing twice', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    for (const token of tokensOf('one two three four')) yield step.text(token)
    yield step.wait(gate.opened)
    yield step.text(' five')
  })
  const first = await session.send({ chatId, text: question })
  await first.untilText('four')
  const three = first.events.find(({ data }) => data.includes('" three"'))?.id ?? ''
  const byHeader = await session.attach(chatId, three)
  const byQuery = await session.stream(`/api/chat/${chatId}/stream?lastEventId=${three}`)
  await byHeader.untilText('four')
  await byQuery.untilText('four')
  gate.open()

  for (const reader of [byHeader, byQuery]) {
    await reader.completed()
    expect(reader.runId).toBe(first.runId)
    expect(reader.text).toBe(' four five')
  }
})

test.describe('row 26', () => {
  test('row 26: an id that is none of ours is refused', async ({ session, chatId }) => {
    await (await session.send({ chatId, text: 'say: Hello' })).completed()

    for (const forged of [
      '1',
      'abc.-1',
      'abc.1.2',
      'abc.1e3',
      '../x.1',
      'abc.01',
      `${'a'.repeat(17)}.1`,
    ]) {
      const refused = await session.attach(chatId, forged)
      await refused.ended
      expect(refused.status, forged).toBe(400)
      expect(JSON.parse(refused.raw)).toMatchObject({ code: 'malformed-event-id' })
    }
  })

  test('row 26: an id past the end waits for the end and gets nothing that it did not miss', async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const gate = upstream.gate(question)
    upstream.script(question, function* () {
      yield step.text('Hello ')
      yield step.wait(gate.opened)
      yield step.text('again')
    })
    const honest = await session.send({ chatId, text: question })
    await honest.untilText('Hello ')
    const pastTheEnd = honest.lastEventId.replace(/\.\d+$/, '.999999')
    const ahead = await session.attach(chatId, pastTheEnd)
    await ahead.until(({ raw }) => raw.includes(': ok'))
    gate.open()
    await honest.completed()

    expect(await ahead.ended).toBe('closed')
    expect(ahead.status).toBe(200)
    expect(ahead.events).toEqual([])
    expect((await session.attach(chatId, pastTheEnd)).status).toBe(204)
  })

  test('row 26: an id of an older run is not applied to the newer one', async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const older = await session.send({ chatId, text: 'say: The first answer' })
    await older.completed()
    const gate = upstream.gate(question)
    upstream.script(question, function* () {
      yield step.text('The second')
      yield step.wait(gate.opened)
      yield step.text(' answer')
    })
    const newer = await session.send({ chatId, text: question })
    await newer.untilText('The second')

    const reader = await session.attach(chatId, older.lastEventId)
    gate.open()
    await reader.completed()
    expect(reader.runId).toBe(newer.runId)
    expect(reader.text).toBe('The second answer')
  })

  test('row 26: an id of another chat, of one’s own or of another user, is not found', async ({
    session,
    server,
    chatId,
  }) => {
    const stranger = await Session.open(server.url)
    const own = await session.send({ chatId, text: 'say: Mine' })
    const ownOther = await session.send({ chatId: `${chatId}-2`, text: 'say: Mine too' })
    const foreign = await stranger.send({ chatId: `${chatId}-3`, text: 'say: Not yours' })
    await Promise.all([own, ownOther, foreign].map((stream) => stream.completed()))

    for (const { lastEventId } of [ownOther, foreign]) {
      const refused = await session.attach(chatId, lastEventId)
      await refused.ended
      expect(refused.status).toBe(404)
      expect(refused.raw).not.toContain('yours')
    }
    expect((await session.attach(`${chatId}-3`, foreign.lastEventId)).status).toBe(404)
    expect((await session.attach(`${chatId}-3`)).status).toBe(404)
  })
})

/** The place `offset` bytes behind the first such text beyond the beginning. */
function after(bytes: Buffer, text: string, offset: number): number | undefined {
  const found = bytes.indexOf(text, 250)
  const place = found + text.length + offset
  return found !== -1 && place <= bytes.length ? place : undefined
}

/** The place before the last byte of the first such character beyond the beginning. */
function inside(
  bytes: Buffer,
  isFirstByte: (byte: number) => boolean,
  offset: number,
): number | undefined {
  const found = bytes.findIndex((byte, index) => index > 250 && isFirstByte(byte))
  return found !== -1 && found + offset <= bytes.length ? found + offset : undefined
}
