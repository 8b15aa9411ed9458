import { digestOf } from '../fixtures/digest'
import type { EventStream } from '../fixtures/event-stream'
import { fault, startFaultProxy } from '../fixtures/fault-proxy'
import { textOf } from '../fixtures/schemas'
import { startServer, type RunningServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { bothApis, expect, test as base } from '../fixtures/test'
import { step, tokensOf, type Gate } from '../upstream/steps'

/** A server of the test’s own: so many readers would hold up other tests. */
const test = base.extend<{ ownServer: RunningServer }>({
  ownServer: async ({ upstream }, use) => {
    const server = await startServer({ env: bothApis(upstream) })
    await use(server)
    await server.stop()
  },
  session: async ({ ownServer }, use) => use(await Session.open(ownServer.url)),
})

const afterSome = (bytes: Buffer) => (bytes.length >= 8192 ? 8192 : undefined)

test('row 22: a slow reader and stalled ones hold up neither the model nor the others, and go on where they were', async ({
  session,
  ownServer,
  upstream,
  question,
  chatId,
}) => {
  const stalledCount = 20
  const tokens = Array.from({ length: 900 }, () => '二十六度。'.repeat(400))
  const whole = digestOf(tokens.join(''))
  const hold = (chat: string) => {
    const text = `${chat} ${question}`
    const gate = upstream.gate(text)
    upstream.script(text, function* () {
      yield step.wait(gate.opened)
      for (const token of tokens) yield step.text(token)
    })
    return { chatId: chat, text, gate }
  }
  const stalls = Array.from({ length: stalledCount }, () => fault.stall(afterSome))
  const proxy = await startFaultProxy({
    target: ownServer.url,
    faults: [fault.slow(1024), ...stalls],
  })
  const hampered = new Session(proxy.url, session.cookie)

  const alone = hold(chatId)
  const [fastAlone, aloneMs] = await timed(session.send(alone), alone.gate)
  const among = hold(`${chatId}-among`)
  const opened = session.send(among)
  await opened
  const [slow, stalled] = await Promise.all(
    Array.from({ length: stalledCount }, () => hampered.attach(among.chatId)),
  )
  const [fast, amongMs] = await timed(opened, among.gate)

  expect(digestOf(fastAlone.text)).toBe(whole)
  expect(digestOf(fast.text)).toBe(whole)
  expect(fast.metadata?.status).toBe('done')
  expect(digestOf(textOf(await session.lastMessage(among.chatId)))).toBe(whole)
  expect(amongMs).toBeLessThan(aloneMs * 2 + 2000)

  const firstId = `${fast.lastEventId.split('.')[0]}.0`
  const late = await hampered.attach(among.chatId, firstId)
  for (const reader of [slow, stalled, late]) {
    expect(reader?.isComplete).toBe(false)
    await reader?.close()
    const rest = await session.attach(among.chatId, reader?.lastEventId || firstId)
    await rest.completed()
    expect(digestOf(`${reader?.text}${rest.text}`)).toBe(whole)
  }
  await proxy.close()
})

test('row 23: a thousand readers of one run end with the same bytes', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  test.slow()
  const text = 'Zoë 量了温度：二十六度 🌡️。'.repeat(6)
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.wait(gate.opened)
    for (const token of tokensOf(text)) {
      yield step.text(token)
      yield step.wait(10)
    }
  })
  const sender = await session.send({ chatId, text: question })
  const readers: EventStream[] = []
  for (let wave = 0; wave < 10; wave += 1) {
    const opened = Array.from({ length: 100 }, () => session.attach(chatId))
    readers.push(...(await Promise.all(opened)))
  }
  await Promise.all(readers.map((reader) => reader.until(({ events }) => events.length > 0)))
  gate.open()
  await sender.completed()
  await Promise.all(readers.map((reader) => reader.completed()))

  expect(digestOf(sender.text)).toBe(digestOf(text))
  expect(readers).toHaveLength(1000)
  expect(new Set(readers.map(({ raw }) => digestOf(raw)))).toEqual(new Set([digestOf(sender.raw)]))
  expect(digestOf(textOf(await session.lastMessage(chatId)))).toBe(digestOf(text))
})

/** Lets the answer go, and tells how long its reader took. */
async function timed(opened: Promise<EventStream>, gate: Gate): Promise<[EventStream, number]> {
  const reader = await opened
  const startedAt = performance.now()
  gate.open()
  await reader.completed()
  return [reader, performance.now() - startedAt]
}
