import { textOf } from '../fixtures/schemas'
import { chatCompletionsModel, expect, responsesModel, test } from '../fixtures/test'
import { step } from '../upstream/steps'

const partial = 'What was said so far. '
const apis = [
  { api: 'chat completions', model: chatCompletionsModel },
  { api: 'the Responses API', model: responsesModel },
]

for (const { api, model } of apis) {
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
