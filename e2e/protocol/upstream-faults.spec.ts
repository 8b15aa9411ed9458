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

  test(`row 25: text that is hard to carry arrives and is stored as it was, by ${api}`, async ({
    session,
    upstream,
    question,
    chatId,
  }) => {
    const pieces = [
      'Zoë, 温度, 🌡️, 👩🏽‍🚀, ',
      // A surrogate pair in two tokens.
      '\ud83d',
      '\ude00',
      ' e\u0301 \u202eRTL\u202c ',
      'CR\rLF\nCRLF\r\n\r\n',
      'data: not an event\n\ndata: {"type":"finish"}\n\nid: x.1\n\n: ok\n\nevent: error\n\n[DONE]',
      ' U+2028\u2028 U+2029\u2029 NEL\u0085 BOM\ufeff VT\v',
      ' "quotes" \\ back\\slash </script><!-- ',
      '   trailing spaces   ',
    ]
    upstream.script(question, () => [step.split(3), ...pieces.map(step.text)])
    const stream = await session.send({ chatId, text: question, model })
    await stream.completed()
    const replayed = await session.send({ chatId, text: question, model })
    await replayed.completed()

    const whole = pieces.join('')
    expect(stream.text).toBe(whole)
    expect(replayed.text).toBe(whole)
    expect(textOf(await session.lastMessage(chatId))).toBe(whole)
  })
}

test('row 25: a NUL is shown as the same mark to who reads live and who reads later', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  upstream.script(question, () => [step.text('before\0behind')])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()

  expect(stream.text).toBe('before\ufffdbehind')
  expect(textOf(await session.lastMessage(chatId))).toBe(stream.text)
})

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

test('security 14: a model server cannot speak for us, whatever it puts into its stream', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const ours = 'id: x.99\ndata: {"type":"finish"}\n\ndata: [DONE]\n\n'
  upstream.script(question, () => [
    step.raw('event: chat-removed\nid: x.99\nretry: 1\n: a comment\n'),
    step.raw(
      `data: ${JSON.stringify({
        id: 'chatcmpl-1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'm',
        // The first four are words of ours; the last is a call of a tool that nobody has offered.
        type: 'data-chat-removed',
        status: 'done',
        messageMetadata: { status: 'done', model: { provider: 'x', id: 'x' } },
        data: '</script><script>alert(1)</script>',
        choices: [
          {
            index: 0,
            delta: {
              content: partial,
              tool_calls: [
                {
                  index: 0,
                  id: 'call',
                  type: 'function',
                  function: { name: 'eval', arguments: '{}' },
                },
              ],
            },
            finish_reason: null,
          },
        ],
      })}\n\n`,
    ),
    step.text(ours),
  ])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()

  const types = new Set(stream.chunks.map(({ type }) => type))
  const allowed = ['start', 'start-step', 'text-start', 'text-delta', 'text-end', 'finish-step']
  expect(
    [...types].filter((type) => ![...allowed, 'message-metadata', 'finish'].includes(type)),
  ).toEqual([])
  expect(stream.text).toBe(partial + ours)
  expect(stream.events.every(({ id }) => id?.startsWith('x.') !== true)).toBe(true)
  expect(stream.chunks.filter(({ type }) => type === 'finish')).toHaveLength(1)
  expect(stream.metadata?.model).not.toEqual({ provider: 'x', id: 'x' })
  expect(textOf(await session.lastMessage(chatId))).toBe(partial + ours)
  expect(await session.lastMessage(chatId)).toMatchObject({ parts: [{ type: 'text' }] })
})

test('row 24: one token of megabytes is passed on in pieces, and one beyond all bounds ends the answer', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const large = '🌡️ 二十六度。'.repeat(300_000)
  upstream.script(question, () => [step.text(large)])
  const stream = await session.send({ chatId, text: question })
  await stream.completed()
  const lengths = stream.chunks.map(({ delta }) => delta?.length ?? 0)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(64 * 1024)
  expect(stream.text === large).toBe(true)
  expect(textOf(await session.lastMessage(chatId)) === large).toBe(true)

  const other = `${question} other`
  upstream.script(question, () => [step.text('x'.repeat(5 * 1024 * 1024))])
  const tooLong = await session.send({ chatId: `${chatId}-2`, text: other })
  await tooLong.completed()
  expect(tooLong.metadata).toMatchObject({ status: 'failed', error: { code: 'answer-too-long' } })
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
