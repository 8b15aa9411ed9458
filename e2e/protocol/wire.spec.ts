import { expect, test } from '../fixtures/test'
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

test('fills silence with a comment after 15 seconds, on both kinds of stream', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  test.slow()
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(first)
    yield step.wait(gate.opened)
    yield step.text(rest)
  })
  const liveEvents = await session.liveEvents()
  const stream = await session.send({ chatId, text: question })
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

  gate.open()
  await stream.completed()
  expect(stream.text).toBe(first + rest)
  await liveEvents.close()
})
