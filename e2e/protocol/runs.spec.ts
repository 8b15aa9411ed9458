import { randomUUID } from 'node:crypto'
import type { ScriptedUpstream } from '../fixtures/scripted-upstream'
import { textOf } from '../fixtures/schemas'
import { expect, test } from '../fixtures/test'
import { step, type Step } from '../upstream/steps'

const before = 'Said before the gate. '
const behind = 'Said behind it.'

/** An answer that stands still in its middle until the gate is opened. */
function holdInTheMiddle(upstream: ScriptedUpstream, question: string) {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(before)
    yield step.wait(gate.opened)
    yield step.text(behind)
  })
  return gate
}

test('a run goes on without the request that started it', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = holdInTheMiddle(upstream, question)
  const stream = await session.send({ chatId, text: question })
  await stream.close()
  const request = await upstream.whenAsked(question)
  gate.open()

  await expect.poll(async () => (await session.lastMessage(chatId))?.metadata.status).toBe('done')
  expect(textOf(await session.lastMessage(chatId))).toBe(before + behind)
  expect(request.aborted).toBe(false)
})

test('row 17: a double click starts one run, stores one message and asks the model once', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = holdInTheMiddle(upstream, question)
  const messageId = randomUUID()
  const both = await Promise.all([
    session.send({ chatId, text: question, messageId }),
    session.send({ chatId, text: question, messageId }),
  ])
  gate.open()

  for (const stream of both) expect((await stream.completed()).text).toBe(before + behind)
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(both[0].runId).toBe(both[1].runId)
  expect(upstream.asked(question)).toHaveLength(1)
  const { messages } = await session.load(chatId)
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant'])
})

test('row 17: sending again after the response was lost joins the run, also once it is over', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = holdInTheMiddle(upstream, question)
  const messageId = randomUUID()
  const lost = await session.send({ chatId, text: question, messageId })
  await lost.close()

  const again = await session.send({ chatId, text: question, messageId })
  gate.open()
  await again.completed()
  const onceMore = await session.send({ chatId, text: question, messageId })
  await onceMore.completed()

  for (const stream of [again, onceMore]) {
    expect(stream.runId).toBe(lost.runId)
    expect(stream.text).toBe(before + behind)
  }
  expect(upstream.asked(question)).toHaveLength(1)
  expect((await session.load(chatId)).messages).toHaveLength(2)
})

test('row 18: of two messages sent at once one runs, and the other is told which', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = holdInTheMiddle(upstream, question)
  const texts = [`${question} first`, `${question} second`]
  const both = await Promise.all(texts.map((text) => session.another().send({ chatId, text })))
  gate.open()
  await Promise.all(both.map(({ ended }) => ended))

  const winner = both.find(({ status }) => status === 200)
  const loser = both.find(({ status }) => status === 409)
  expect(winner?.text).toBe(before + behind)
  expect(JSON.parse(loser?.raw ?? '')).toMatchObject({ code: 'chat-busy', runId: winner?.runId })
  expect(upstream.asked(question)).toHaveLength(1)
  expect((await session.load(chatId)).messages).toHaveLength(2)
})

test('row 19: stopping from another tab ends the model within 250 ms, and every reader sees it', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  holdInTheMiddle(upstream, question)
  const sender = await session.send({ chatId, text: question })
  const otherTab = session.another()
  const watcher = await otherTab.attach(chatId)
  await Promise.all([sender.untilText(before), watcher.untilText(before)])
  const request = await upstream.whenAsked(question)

  const stoppedAt = Date.now()
  expect(await otherTab.stop(chatId, sender.runId)).toEqual({ stopped: true })
  await request.whenAborted
  expect((request.abortedAt ?? Infinity) - stoppedAt).toBeLessThan(250)

  for (const reader of [sender, watcher]) {
    await reader.completed()
    expect(reader.text).toBe(before)
    expect(reader.metadata?.status).toBe('stopped')
    expect(reader.chunks.at(-1)).toEqual({ type: 'abort', reason: 'stopped' })
  }
  const { messages, activeRunId } = await session.load(chatId)
  expect(activeRunId).toBeNull()
  expect(messages).toHaveLength(2)
  expect(messages[1]?.metadata.status).toBe('stopped')
  expect(textOf(messages[1])).toBe(before)
  expect(await session.stop(chatId, sender.runId), 'a second stop').toEqual({ stopped: false })
})

test('row 20: a stop that races the end leaves what came first, everywhere alike', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async (_, index) => {
      const [chat, text] = [`${chatId}-${index}`, `${question} ${index}.`]
      const gate = holdInTheMiddle(upstream, text)
      const stream = await session.send({ chatId: chat, text })
      await stream.untilText(before)
      gate.open()
      const stopping = session.stop(chat, stream.runId)
      await stream.completed()
      return { stopped: await stopping, stream, message: await session.lastMessage(chat) }
    }),
  )

  for (const { stopped, stream, message } of outcomes) {
    const status = message?.metadata.status
    expect(['done', 'stopped']).toContain(status)
    expect(stream.metadata?.status).toBe(status)
    expect(stream.text).toBe(textOf(message))
    if (status === 'stopped') expect(stopped).toEqual({ stopped: true })
  }
})

test('row 20: a stop that names an older run leaves the newer one alone', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const older = await session.send({ chatId, text: 'say: Done' })
  await older.completed()
  const gate = holdInTheMiddle(upstream, question)
  const newer = await session.send({ chatId, text: question })
  await newer.untilText(before)

  expect(await session.stop(chatId, older.runId)).toEqual({ stopped: false })
  gate.open()
  await newer.completed()
  expect(newer.text).toBe(before + behind)
  expect(newer.metadata?.status).toBe('done')
})

test('row 21: stopping before the first token leaves the question and no empty answer', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.wait(gate.opened)
  })
  const stream = await session.send({ chatId, text: question })
  const request = await upstream.whenAsked(question)
  expect(await session.stop(chatId, stream.runId)).toEqual({ stopped: true })
  await request.whenAborted
  await stream.completed()

  expect(stream.metadata?.status).toBe('stopped')
  const { messages, activeRunId } = await session.load(chatId)
  expect(messages.map(textOf)).toEqual([question])
  expect(activeRunId).toBeNull()

  const next = await session.send({ chatId, text: 'say: Still here' })
  expect((await next.completed()).text).toBe('Still here')
})

test('row 27: a chat removed while it is answered stops the model, and nothing comes back', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  holdInTheMiddle(upstream, question)
  const liveEvents = await session.liveEvents()
  const stream = await session.send({ chatId, text: question })
  await stream.untilText(before)
  const request = await upstream.whenAsked(question)

  const removed = await session.requestJson(`/api/chats/${chatId}`, 'DELETE')
  expect(removed.status).toBe(204)
  await request.whenAborted
  await stream.ended
  await liveEvents.until(({ raw }) => raw.includes('"run-ended"') && raw.includes('"chat-removed"'))
  await liveEvents.close()

  expect((await session.fetch(`/api/chats/${chatId}`)).status).toBe(404)
  expect((await session.attach(chatId)).status).toBe(404)
  expect(await session.list()).toEqual([])
})

for (const { title, said } of [
  { title: 'in its middle', said: before },
  { title: 'before its first token', said: '' },
]) {
  test(`row 27: asking again ${title} ends the answer being written first`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const tries: Step[][] = [
      [...(said ? [step.text(said)] : []), step.wait(upstream.gate(question).opened)],
      [step.text('Another answer.')],
    ]
    upstream.script(question, () => tries.shift() ?? [])
    const first = await session.send({ chatId, text: question })
    await first.until(({ chunks, text }) => chunks.length > 0 && text === said)
    const request = await upstream.whenAsked(question)

    const again = () => session.regenerate(chatId, first.chunks[0]?.messageId ?? '')
    const [second, twice] = await Promise.all([again(), again()])
    await Promise.all([first, second].map((stream) => stream.completed()))
    await twice.ended
    expect(request.aborted).toBe(true)
    expect(first.metadata?.status).toBe('stopped')
    expect(first.text).toBe(said)
    expect(second.text).toBe('Another answer.')
    expect(second.metadata?.status).toBe('done')

    const { messages, activeRunId } = await session.load(chatId)
    expect(messages.map(textOf)).toEqual([question, 'Another answer.'])
    expect(activeRunId).toBeNull()
    expect(upstream.asked(question), 'a double click asks once').toHaveLength(2)
  })
}

test('a removed chat can be restored, with the answer as it was when it was stopped', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  holdInTheMiddle(upstream, question)
  const stream = await session.send({ chatId, text: question })
  await stream.untilText(before)
  await expect.poll(async () => textOf(await session.lastMessage(chatId))).toBe(before)
  await session.requestJson(`/api/chats/${chatId}`, 'DELETE')
  await stream.ended

  const restored = await session.requestJson(`/api/chats/${chatId}/restore`, 'POST')
  expect(restored.status).toBe(200)
  await expect
    .poll(async () => (await session.lastMessage(chatId))?.metadata.status)
    .toMatch(/^(stopped|interrupted)$/)
  const { messages, activeRunId } = await session.load(chatId)
  expect(messages.map(textOf)).toEqual([question, before])
  expect(activeRunId).toBeNull()
  const next = await session.send({ chatId, text: 'say: Back again' })
  expect((await next.completed()).text).toBe('Back again')
})

test('regenerating makes a second answer to the same question', async ({ session, chatId }) => {
  const first = await session.send({ chatId, text: 'say: An answer' })
  await first.completed()
  const [question, answer] = (await session.load(chatId)).messages

  const refused = await session.goOnWith(chatId, answer?.id ?? '')
  await refused.ended
  expect(refused.status, 'a whole answer has nothing to go on with').toBe(400)

  const second = await session.regenerate(chatId, answer?.id ?? '')
  await second.completed()
  const { messages } = await session.load(chatId)
  expect(messages.map(({ id }) => id)).toEqual([question?.id, second.chunks[0]?.messageId])
  expect(messages[1]?.id).not.toBe(answer?.id)
})
