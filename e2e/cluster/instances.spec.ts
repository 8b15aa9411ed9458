import { setTimeout as delay } from 'node:timers/promises'
import { messageText } from '@/shared/chat/message-text'
import { temporaryChatId } from '@/shared/chat/temporary-chat'
import type { EventStream } from '../fixtures/event-stream'
import {
  countedTo,
  countingForEver,
  countingTo,
  expect,
  skipWithoutServers,
  test,
} from '../fixtures/cluster-test'
import { tracesOf } from '../fixtures/kept-traces'
import { textOf } from '../fixtures/schemas'
import { askAndRead, attachAndRead, createLastingClient } from '../fixtures/transport'
import { step } from '../upstream/steps'

skipWithoutServers()
test.slow()

test('an answer started on A is followed on B and C, with the same events', async ({
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingTo(60))
  const started = await a.send({ chatId, text: question })
  await started.untilText('w10 ')
  const followed = await Promise.all([b.attach(chatId), c.attach(chatId)])
  for (const reader of [started, ...followed]) {
    await reader.completed()
    expect(reader.text).toBe(countedTo(60))
    expect(reader.runId).toBe(started.runId)
    expect(reader.lastEventId).toBe(started.lastEventId)
    expect(reader.metadata?.status).toBe('done')
    expectInOrder(reader)
  }
  expect(textOf(await c.lastMessage(chatId))).toBe(countedTo(60))
  expect(upstream.asked(question)).toHaveLength(1)
})

test('row 19: a run started on A, followed on B and stopped from C ends everywhere alike, the model at once', async ({
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingForEver())
  const sender = await a.send({ chatId, text: question })
  const watcher = await b.attach(chatId)
  await watcher.untilText('w10 ')
  const request = await upstream.whenAsked(question)

  const stoppedAt = Date.now()
  expect(await c.stop(chatId, sender.runId)).toEqual({ stopped: true })
  await request.whenAborted
  expect((request.abortedAt ?? Infinity) - stoppedAt).toBeLessThan(3500)

  for (const reader of [sender, watcher]) await reader.completed()
  const stored = await c.lastMessage(chatId)
  for (const reader of [sender, watcher]) {
    expect(reader.metadata?.status).toBe('stopped')
    expect(reader.text).toBe(textOf(stored))
  }
  expect(stored?.metadata.status).toBe('stopped')
  expect(await b.stop(chatId, sender.runId), 'a second stop').toEqual({ stopped: false })
})

test('row 27: another answer asked for on B ends the one that A writes first', async ({
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  const tries = [countingForEver(), countingTo(5)]
  upstream.script(question, () => tries.shift() ?? [])
  const first = await a.send({ chatId, text: question })
  await first.untilText('w60 ')
  const request = await upstream.whenAsked(question)
  const second = await b.regenerate(chatId, first.chunks[0]?.messageId ?? '')
  await Promise.all([first, second].map((stream) => stream.completed()))

  expect(request.aborted).toBe(true)
  expect(first.metadata?.status).toBe('stopped')
  expect(second.text).toBe(countedTo(5))
  expect(second.metadata?.status).toBe('done')
  expect((await c.load(chatId)).messages.map(textOf)).toEqual([question, countedTo(5)])
})

test('a temporary chat begun on A is followed on B, and closed on C in the middle of its answer it is kept nowhere', async ({
  cluster,
  a,
  b,
  c,
  upstream,
  question,
}) => {
  const chatId = temporaryChatId(crypto.randomUUID())
  // The numbers alone stand in answers of other tests too.
  const secret = crypto.randomUUID()
  upstream.script(question, function* () {
    yield step.text(`${secret} `)
    yield* countingForEver()
  })
  const sender = await a.send({ chatId, text: question })
  const watcher = await b.attach(chatId)
  await watcher.untilText('w80 ')
  const texts = [chatId, sender.runId, question, secret]
  expect(await tracesOf(cluster, texts)).toEqual(
    expect.arrayContaining(['chats', 'messages', 'runs', expect.stringContaining(sender.runId)]),
  )

  const closed = await c.requestJson(`/api/chats/${chatId}`, 'DELETE', {})
  expect(closed.status).toBe(204)
  for (const reader of [sender, watcher]) await reader.ended
  await (
    await upstream.whenAsked(question)
  ).whenAborted
  for (const user of [a, b, c]) expect((await user.fetch(`/api/chats/${chatId}`)).status).toBe(404)
  await expect.poll(() => tracesOf(cluster, texts)).toEqual([])
})

test('row 5: when the writer is killed, readers elsewhere see interrupted within 13 s, with what was acknowledged', async ({
  cluster,
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingForEver())
  const sender = await a.send({ chatId, text: question })
  const readers = [await b.attach(chatId), await c.attach(chatId)]
  const lasting = attachAndRead(createLastingClient(a), chatId)
  for (const reader of readers) await reader.untilText('w80 ')

  const killedAt = Date.now()
  await cluster.instances[0]?.kill('SIGKILL')
  expect(await sender.ended).toBe('cut')
  expect(sender.isComplete).toBe(false)
  for (const reader of readers) await reader.completed()
  expect(Date.now() - killedAt).toBeLessThan(13_000)

  const stored = await c.lastMessage(chatId)
  const kept = textOf(stored)
  expect(stored?.metadata.status).toBe('interrupted')
  expect(countedTo(2000).startsWith(kept), 'a prefix of what the model said').toBe(true)
  for (const reader of readers) {
    expect(reader.metadata?.status).toBe('interrupted')
    expect(reader.text).toBe(kept)
    expectInOrder(reader)
  }
  expect(kept.startsWith(sender.text.slice(0, -20)), 'next to nothing is lost').toBe(true)
  expect((await b.load(chatId)).activeRunId).toBeNull()
  await cluster.instances[0]?.restart()
  const answer = await lasting
  expect(answer && messageText(answer), 'who waited for A has the same').toBe(kept)
})

test('row 6: on SIGTERM readers go on elsewhere within a second, and the process ends within its grace', async ({
  cluster,
  a,
  b,
  session,
  upstream,
  question,
  chatId,
}) => {
  const [gate, endless] = [upstream.gate(question), `${chatId}-endless`]
  upstream.script(question, function* () {
    yield* countingTo(50)
    yield step.wait(gate.opened)
    yield step.text('and the end.')
  })
  upstream.script(endless, () => countingForEver())
  const ending = await a.send({ chatId, text: question })
  const cut = await a.send({ chatId: endless, text: endless })
  await Promise.all([ending.untilText('w40 '), cut.untilText('w40 ')])
  const lasting = attachAndRead(createLastingClient(session), endless)

  const exited = cluster.instances[0]?.kill('SIGTERM')
  expect(await ending.ended).toBe('closed')
  const leftAt = Date.now()
  expect(ending.isComplete, 'no marker: it is not over').toBe(false)
  const again = await cluster.at(0, session).attach(chatId, ending.lastEventId)
  expect(again.status, 'A sends readers away').toBe(503)
  const elsewhere = await session.attach(chatId, ending.lastEventId)
  await elsewhere.until(({ raw }) => raw.includes(': ok'))
  expect(Date.now() - leftAt).toBeLessThan(1000)

  gate.open()
  await elsewhere.completed()
  expect(ending.text + elsewhere.text).toBe(`${countedTo(50)}and the end.`)
  expect(elsewhere.metadata?.status).toBe('done')
  expect(await exited).toBe(0)
  expect(Date.now() - leftAt, 'eight seconds of grace').toBeLessThan(11_000)

  const answer = await lasting
  const stored = await b.lastMessage(endless)
  expect(stored?.metadata.status).toBe('interrupted')
  expect(answer && messageText(answer)).toBe(textOf(stored))
  expect(answer?.metadata?.status).toBe('interrupted')
  await cluster.instances[0]?.restart()
})

test('row 29: a writer that was paused for 15 s has lost its run, and adds nothing to what the others ended', async ({
  cluster,
  a,
  b,
  c,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => countingForEver())
  const [paused] = cluster.instances
  const leasesLost = await cluster.metric(0, 'rivulet_lease_losses_total')
  const sender = await a.send({ chatId, text: question })
  const client = createLastingClient(a)
  const lasting = attachAndRead(client, chatId)
  const watcher = await b.attach(chatId)
  await watcher.untilText('w40 ')
  const request = await upstream.whenAsked(question)

  process.kill(paused?.pid ?? 0, 'SIGSTOP')
  const pausedAt = Date.now()
  await watcher.completed()
  expect(watcher.metadata?.status).toBe('interrupted')
  const ended = await c.lastMessage(chatId)
  expect(textOf(ended)).toBe(watcher.text)
  await delay(Math.max(0, pausedAt + 15_000 - Date.now()))
  process.kill(paused?.pid ?? 0, 'SIGCONT')

  await request.whenAborted
  await sender.ended
  expect(await cluster.metric(0, 'rivulet_lease_losses_total')).toBe(leasesLost + 1)
  expect(await c.lastMessage(chatId)).toEqual(ended)
  const late = await c.attach(chatId, watcher.lastEventId)
  expect(late.status, 'there is one end, and nothing behind it').toBe(204)
  const whole = await a.attach(chatId, `${watcher.lastEventId.split('.')[0]}.0`)
  await whole.completed()
  expect(whole.text).toBe(watcher.text)
  expect(whole.metadata?.status).toBe('interrupted')
  // Readers of A may have seen a little more than was acknowledged. They are not told that it was all: they load again.
  const answer = await lasting
  if (client.lost.length === 0) {
    expect(answer && messageText(answer)).toBe(watcher.text)
    expect(answer?.metadata?.status).toBe('interrupted')
  }
})

test('rolling all instances by SIGTERM while 50 answers stream loses none and doubles none', async ({
  cluster,
  session,
  upstream,
  question,
  chatId,
}) => {
  const words = 150
  upstream.script(question, () => countingTo(words, 40))
  const asked = Array.from({ length: 50 }, async (_, index) => {
    const chat = `${chatId}-${index}`
    await delay(index * 100)
    const client = createLastingClient(session)
    const answer = await askAndRead(client, { chatId: chat, text: `${question} ${index}.` })
    return { chat, answer, lost: client.lost }
  })
  for (const instance of cluster.instances) {
    expect(await instance.kill('SIGTERM')).toBe(0)
    await instance.restart()
  }

  const statuses: unknown[] = []
  for (const { chat, answer, lost } of await Promise.all(asked)) {
    const { messages } = await session.load(chat)
    const [, stored] = messages
    expect(messages).toHaveLength(2)
    expect(answer && messageText(answer), chat).toBe(textOf(stored))
    expect(answer?.metadata?.status).toBe(stored?.metadata.status)
    expect(lost).toEqual([])
    if (stored?.metadata.status === 'done') expect(textOf(stored)).toBe(countedTo(words))
    else expect(countedTo(words).startsWith(textOf(stored))).toBe(true)
    statuses.push(stored?.metadata.status)
  }
  expect(new Set(statuses).difference(new Set(['done', 'interrupted']))).toEqual(new Set())
  expect(upstream.asked(question), 'each is asked for once').toHaveLength(50)
})

function expectInOrder({ events }: EventStream): void {
  const positions = events.map(({ id = '' }) => Number(id.split('.')[1]))
  expect(positions, 'each event once, in order').toEqual(
    [...new Set(positions)].toSorted((left, right) => left - right),
  )
}
