import { startServer } from '../fixtures/server'
import { Session } from '../fixtures/session'
import { textOf } from '../fixtures/schemas'
import { chatCompletionsModel, expect, responsesModel, test } from '../fixtures/test'
import { step, type Step } from '../upstream/steps'
import { startUpstream } from '../upstream/upstream'

const partial = 'What was said so far. '
const apis = [
  { api: 'chat completions', model: chatCompletionsModel },
  { api: 'the Responses API', model: responsesModel },
]

for (const { api, model } of apis) {
  test(`row 13: an end without a finish is an interruption, by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    upstream.script(question, () => [step.text(partial), step.eof()])
    const stream = await session.send({ chatId, text: question, model })
    await stream.completed()

    expect(stream.text).toBe(partial)
    expect(stream.metadata?.status).toBe('interrupted')
    const stored = await session.lastMessage(chatId)
    expect(stored?.metadata.status).toBe('interrupted')
    expect(textOf(stored)).toBe(partial)
    expect(upstream.asked(question)).toHaveLength(1)
  })

  test(`row 14: an error inside the stream is told with the text so far, by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    upstream.script(question, () => [
      step.text(partial),
      step.error({ message: 'The engine has stalled', code: 'server_error', type: 'server_error' }),
      step.eof(),
    ])
    const stream = await session.send({ chatId, text: question, model })
    await stream.completed()

    expect(stream.text).toBe(partial)
    expect(stream.metadata).toMatchObject({
      status: 'failed',
      error: { code: 'model-unavailable', retryable: true, detail: 'The engine has stalled' },
    })
    const stored = await session.lastMessage(chatId)
    expect(stored?.metadata.error?.code).toBe('model-unavailable')
    expect(textOf(stored)).toBe(partial)
  })

  test(`row 10: a server error before the first token is tried again, by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const tries: Step[][] = [
      [step.status(503, { error: { message: 'overloaded' } })],
      [step.reset()],
      [step.text('Third time lucky')],
    ]
    upstream.script(question, () => tries.shift() ?? [])
    const stream = await session.send({ chatId, text: question, model })
    await stream.completed()

    expect(stream.text).toBe('Third time lucky')
    expect(stream.metadata?.status).toBe('done')
    expect(upstream.asked(question)).toHaveLength(3)
  })
}

test('row 10: a wait that the model names is kept when short, and told when long', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const busy = { error: { message: 'Slow down', code: 'rate_limit_exceeded' } }
  const tries = [[step.status(429, busy, { 'retry-after': '1' })], [step.text('Now')]]
  upstream.script(question, () => tries.shift() ?? [])
  const sentAt = Date.now()
  const patient = await session.send({ chatId, text: question })
  await patient.completed()
  expect(patient.text).toBe('Now')
  expect(Date.now() - sentAt).toBeGreaterThanOrEqual(1000)

  const other = `${question} other`
  upstream.script(question, () => [step.status(429, busy, { 'retry-after': '90' })])
  const told = await session.send({ chatId, text: other })
  await told.completed()
  expect(told.metadata).toMatchObject({
    status: 'failed',
    error: { code: 'model-rate-limited', retryable: true, retryAfterSeconds: 90 },
  })
  expect(upstream.asked(other)).toHaveLength(1)
})

test('row 10: a connection that breaks after the first token is never tried again', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    yield step.text(partial)
    yield step.wait(gate.opened)
    yield step.reset()
  })
  const stream = await session.send({ chatId, text: question })
  await stream.untilText(partial)
  gate.open()
  await stream.completed()

  expect(stream.metadata).toMatchObject({
    status: 'failed',
    error: { code: 'model-unreachable', retryable: true },
  })
  expect(stream.text).toBe(partial)
  expect(textOf(await session.lastMessage(chatId))).toBe(partial)
  expect(upstream.asked(question)).toHaveLength(1)
})

test('row 10: a model that closes its half of the connection in the middle is a failure with the text so far', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => [step.text(partial), step.wait(50), step.halfClose()])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()

  expect(stream.metadata).toMatchObject({
    status: 'failed',
    error: { code: 'model-unreachable', retryable: true },
  })
  expect(stream.text).toBe(partial)
  expect(textOf(await session.lastMessage(chatId))).toBe(partial)
  expect(upstream.asked(question)).toHaveLength(1)
})

test('row 12: one frame that cannot be read is skipped, three end the answer', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => [step.text('a'), step.malformed(), step.text('b')])
  const skipped = await session.send({ chatId, text: question })
  await skipped.completed()
  expect(skipped.text).toBe('ab')
  expect(skipped.metadata?.status).toBe('done')

  const other = `${question} other`
  upstream.script(question, () => [
    step.text(partial),
    ...[1, 2, 3].map(() => step.malformed()),
    step.text('never'),
  ])
  const failed = await session.send({ chatId, text: other })
  await failed.completed()
  expect(failed.metadata).toMatchObject({ status: 'failed', error: { code: 'model-malformed' } })
  expect(failed.text).toBe(partial)
  expect(textOf(await session.lastMessage(chatId))).toBe(partial)
})

test('row 12: JSON cut off by the end keeps what came before it', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => [
    step.text(partial),
    step.raw('data: {"choices":[{"index":0,"delta":{"content":"cu'),
    step.eof(),
  ])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()

  expect(stream.metadata?.status).toBe('interrupted')
  expect(stream.text).toBe(partial)
  expect(textOf(await session.lastMessage(chatId))).toBe(partial)
})

test('a context too long for the model is said on the message', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => [
    step.status(400, {
      error: {
        message: "This model's maximum context length is 4096 tokens.",
        type: 'invalid_request_error',
        code: 'context_length_exceeded',
      },
    }),
  ])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()
  expect(stream.metadata).toMatchObject({
    status: 'failed',
    error: { code: 'context-too-long', retryable: false },
  })
  expect((await session.lastMessage(chatId))?.metadata.error?.code).toBe('context-too-long')
})

const refusals = [
  { status: 400, code: 'model-refused-request', providerCode: 'unsupported_value' },
  { status: 401, code: 'model-key-rejected', providerCode: 'invalid_api_key' },
  { status: 403, code: 'model-key-rejected', providerCode: 'permission_denied' },
]
const keys = [
  'sk-proj-0123456789abcdefghij',
  'gsk_0123456789abcdefghijABCD',
  'correct horse battery',
]

test.describe('row 11', () => {
  for (const key of keys) {
    test(`row 11: a refusal is not tried again and never shows a key such as ${key}`, async () => {
      const upstream = await startUpstream()
      const server = await startServer({
        env: { OPENAI_BASE_URL: upstream.baseUrl, OPENAI_API_KEY: key, LOG_LEVEL: 'debug' },
      })
      const session = await Session.open(server.url)
      try {
        for (const { status, code, providerCode } of refusals) {
          upstream.requests.splice(0)
          upstream.respond(({ headers }) => [
            step.status(
              status,
              {
                error: {
                  message: `Refused: ${headers.authorization}, that is ${key}, says the model.`,
                  code: providerCode,
                },
              },
              { 'x-echo': encodeURIComponent(key) },
            ),
          ])
          const chatId = crypto.randomUUID()
          const stream = await session.send({ chatId, text: 'Hello?' })
          await stream.completed()
          const stored = await (await session.fetch(`/api/chats/${chatId}`)).text()

          expect(stream.metadata).toMatchObject({
            status: 'failed',
            error: { code, retryable: false, detail: expect.stringContaining('Refused') },
          })
          const asked = upstream.requests.filter(({ method }) => method === 'POST')
          expect(asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${key}`])
          expect(JSON.parse(stored).messages[1].metadata.error.code).toBe(code)
          for (const place of [stream.raw, stored, server.output()])
            expect(place).not.toContain(key)
        }
      } finally {
        await server.stop()
        await upstream.close()
      }
    })
  }
})

test('row 9: a model that falls silent is given up, and what it said is kept', async () => {
  const upstream = await startUpstream()
  const server = await startServer({
    env: {
      OPENAI_BASE_URL: upstream.baseUrl,
      MODEL_FIRST_TOKEN_SECONDS: '1',
      MODEL_SILENCE_SECONDS: '1',
    },
  })
  const session = await Session.open(server.url)
  try {
    for (const said of ['', partial]) {
      upstream.requests.splice(0)
      upstream.respond(() => [
        ...(said ? [step.text(said)] : []),
        step.wait(upstream.gate('never').opened),
      ])
      const chatId = crypto.randomUUID()
      const stream = await session.send({ chatId, text: 'Hello?' })
      await stream.completed()

      expect(stream.metadata).toMatchObject({
        status: 'failed',
        error: { code: 'model-silent', retryable: true },
      })
      expect(textOf(await session.lastMessage(chatId))).toBe(said)
      expect(upstream.requests.map(({ aborted }) => aborted)).toEqual([true])
    }
  } finally {
    await server.stop()
    await upstream.close()
  }
})
