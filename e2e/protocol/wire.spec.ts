import { messageText } from '@/shared/chat/message-text'
import { digestOf } from '../fixtures/digest'
import { fault, startFaultProxy } from '../fixtures/fault-proxy'
import { startServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { bothApis, expect, test } from '../fixtures/test'
import { askAndRead, createLastingClient } from '../fixtures/transport'
import { step, tokensOf } from '../upstream/steps'

const first = 'The first words come, '
const rest = 'and the rest follows.'

test('answers with the headers of an event stream that nobody may buffer', async ({
  session,
  chatId,
}) => {
  const stream = await session.send({ chatId, text: 'say: Hello' })
  await stream.completed()

  expect(stream.status).toBe(200)
  expect(stream.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-accel-buffering': 'no',
    'x-vercel-ai-ui-message-stream': 'v1',
    'x-run-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-content-type-options': 'nosniff',
  })
  expect(stream.headers['content-encoding']).toBeUndefined()
  expect(stream.raw).not.toMatch(/^event:/m)
})

test('sends its first bytes and the id of the message before the model has said anything', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.wait(gate.opened)
    yield step.text(first)
  })
  const stream = await session.send({ chatId, text: question })

  await stream.until(({ chunks }) => chunks.some(({ type }) => type === 'start'))
  expect(stream.raw).toMatch(/^retry: 1000\n: ok\n\n/)
  expect(stream.chunks).toMatchObject([{ type: 'start', messageId: expect.any(String) }])
  expect(stream.text).toBe('')

  gate.open()
  await stream.completed()
  expect(stream.text).toBe(first)
})

test('numbers its events without a gap, with the key of the run', async ({ session, chatId }) => {
  const stream = await session.send({ chatId, text: 'say: One two three four five six' })
  await stream.completed()

  const runKey = stream.runId.replaceAll('-', '').slice(-10)
  expect(stream.events.map(({ id }) => id)).toEqual(
    stream.events.map((_, index) => `${runKey}.${index + 1}`),
  )
  expect(stream.events.at(-1)?.data).toBe('[DONE]')
})

test('ends with the finish of the answer and its tokens', async ({ session, chatId }) => {
  const stream = await session.send({ chatId, text: 'think: Well\nsay: Hello there' })
  await stream.completed()

  expect(stream.chunks.at(-1)).toMatchObject({
    type: 'finish',
    finishReason: 'stop',
    messageMetadata: {
      status: 'done',
      model: { provider: 'upstream', id: 'test-model' },
      usage: { outputTokens: 3, reasoningTokens: 1 },
    },
  })
  expect(stream.reasoning).toBe('Well')
  expect(stream.text).toBe('Hello there')
})

for (const encoding of ['identity', 'gzip, deflate, br, zstd']) {
  test(`lets every token go when it comes, also to a client that accepts ${encoding}`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const paceMs = 100
    const tokens = tokensOf('One token at a time and never two of them in one go')
    const sentAt: number[] = []
    upstream.script(question, function* () {
      for (const token of tokens) {
        sentAt.push(Date.now())
        yield step.text(token)
        yield step.wait(paceMs)
      }
    })
    const stream = await session.send({
      chatId,
      text: question,
      headers: { 'accept-encoding': encoding },
    })
    await stream.completed()

    const deltas = stream.events.filter(({ data }) => data.includes('"text-delta"'))
    expect(stream.headers['content-encoding']).toBeUndefined()
    expect(deltas).toHaveLength(tokens.length)
    const delays = deltas.map(({ at }, index) => at - (sentAt[index] ?? 0))
    // One may be late for what else the machine does; a buffer would make most of them late.
    expect(delays.filter((delayMs) => delayMs >= paceMs).length).toBeLessThanOrEqual(1)
  })
}

test('row 15: comments after 15 seconds of silence keep a proxy from cutting either kind of stream', async ({
  session,
  server,
  upstream,
  question,
  chatId,
}) => {
  test.slow()
  const cutAfterMs = 20_000
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(first)
    yield step.wait(gate.opened)
    yield step.text(rest)
  })
  const proxy = await startFaultProxy({
    target: server.url,
    faults: [fault.idle(cutAfterMs), fault.idle(cutAfterMs)],
  })
  const behindProxy = new Session(proxy.url, session.cookie)
  const liveEvents = await behindProxy.liveEvents()
  const stream = await behindProxy.send({ chatId, text: question })
  await stream.untilText(first)
  const silentSince = Date.now()

  await Promise.all(
    [stream, liveEvents].map((silent) =>
      silent.until(({ comments }) => comments.some(({ text }) => text === 'keep-alive')),
    ),
  )
  const keepAlive = stream.comments.find(({ text }) => text === 'keep-alive')
  const silenceMs = (keepAlive?.at ?? 0) - silentSince
  expect(silenceMs).toBeGreaterThan(13_000)
  expect(silenceMs).toBeLessThan(17_000)

  await expect
    .poll(() => Date.now() - silentSince, { timeout: cutAfterMs })
    .toBeGreaterThan(cutAfterMs)
  gate.open()
  await stream.completed()
  expect(stream.text).toBe(first + rest)
  await liveEvents.close()
  await proxy.close()
})

test('row 15: a proxy that cuts before a comment can come makes no difference to the answer', async ({
  session,
  server,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(first)
    yield step.wait(gate.opened)
    yield step.text(rest)
  })
  const cuts = [fault.idle(300), fault.idle(300), fault.idle(300)]
  const proxy = await startFaultProxy({ target: server.url, faults: cuts })
  const client = createLastingClient(new Session(proxy.url, session.cookie))

  const reading = askAndRead(client, { chatId, text: question })
  await expect.poll(() => proxy.streams.length).toBe(cuts.length + 1)
  gate.open()
  const answer = await reading
  await proxy.close()

  expect(answer && messageText(answer)).toBe(first + rest)
  expect(answer?.metadata?.status).toBe('done')
  expect(client.lost).toEqual([])
  expect(upstream.asked(question)).toHaveLength(1)
})

for (const { title, faults } of [
  { title: 'delays every piece', faults: fault.delay(30) },
  { title: 'holds back until it has 4 KB', faults: fault.buffer(4096) },
  { title: 'passes 400 KB a second', faults: fault.slow(400_000) },
]) {
  test(`an answer comes whole through a proxy that ${title}, in front of us or of the model`, async ({
    session,
    server,
    upstream,
    question,
    chatId,
  }) => {
    const text = 'Zoë 量了温度：二十六度 🌡️。'.repeat(200)
    upstream.script(question, () => [step.split(7), ...tokensOf(text).map(step.text)])
    const near = await startFaultProxy({ target: server.url, faults: [faults] })
    const far = await startFaultProxy({ target: upstream.url, faults: [faults] })
    const faultyUpstream = { ...upstream, baseUrl: `${far.url}/v1` }
    const behindFar = await startServer({ env: bothApis(faultyUpstream) })

    for (const url of [near.url, behindFar.url]) {
      const reader = url === near.url ? new Session(url, session.cookie) : await Session.open(url)
      const stream = await reader.send({ chatId, text: question })
      await stream.completed()
      expect(digestOf(stream.text)).toBe(digestOf(text))
      expect(stream.metadata?.status).toBe('done')
    }
    expect([near.streams.length, far.streams.length]).toEqual([1, 1])
    await behindFar.stop()
    await near.close()
    await far.close()
  })
}
