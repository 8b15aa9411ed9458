import { expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import type { ChatMessage } from '@/shared/chat/message'
import { contextTokensOf } from '../models/context-windows'
import { parseEnv } from '../env'
import { changeSettings } from '../user-settings/change-settings'
import { fittingHistory } from './ask-fitting'
import { changeParameters } from './chat-settings'
import { type ChatBench, openChatBench, userId } from './testing/chat-bench'

const tooLong = { error: { message: 'too long', code: 'context_length_exceeded' } }
const long = (mark: string) => `${mark} ${'word '.repeat(300)}`

/** The texts of the messages that each request had. */
function sentBy(bench: ChatBench): string[][] {
  return bench
    .streamed()
    .map(({ body }) => JSON.stringify(body['messages']).match(/First|Second|Third/g) ?? [])
}

/** Its model can read so many tokens. */
function withContext({ services }: ChatBench, contextTokens: number) {
  const { models } = services
  services.models = {
    ...models,
    resolve: async (ref) => {
      const model = await models.resolve(ref)
      return model && { ...model, contextTokens }
    },
  }
}

it('a chat that is too long for its model loses its oldest turns, and the answer says where', async () => {
  await using bench = await openChatBench(() => [step.text('Yes'), step.finish('stop')])
  withContext(bench, 1_600)
  for (const mark of ['First', 'Second', 'Third'])
    await (
      await bench.send(long(mark), { id: mark })
    ).finished

  expect(sentBy(bench)).toEqual([['First'], ['First', 'Second'], ['Second', 'Third']])
  const { message } = await bench.answer()
  expect(message.metadata).toMatchObject({ status: 'done', contextFrom: 'Second' })
})

it('what is sent is as long as instructions before it and the answer behind it leave room for', () => {
  const text = 'x'.repeat(35)
  const message = (id: string, role: ChatMessage['role']): ChatMessage => ({
    id,
    role,
    parts: [{ type: 'text', text }],
  })
  const [q1, a1, q2] = [message('q1', 'user'), message('a1', 'assistant'), message('q2', 'user')]
  const sent = (room: Parameters<typeof fittingHistory>[1]) =>
    fittingHistory([q1, a1, q2], room).map(({ id }) => id)
  const [whole, cut] = [['q1', 'a1', 'q2'], ['q2']]

  // Three messages of 14 tokens, in three quarters of what the model can read.
  expect([sent({ contextTokens: 56 }), sent({ contextTokens: 55 })]).toEqual([whole, cut])
  const instructions = text
  expect(sent({ contextTokens: 75, instructions })).toEqual(whole)
  expect(sent({ contextTokens: 74, instructions })).toEqual(cut)
  const maxOutputTokens = 100
  expect(sent({ contextTokens: 156, instructions, maxOutputTokens })).toEqual(whole)
  expect(sent({ contextTokens: 155, instructions, maxOutputTokens })).toEqual(cut)
  expect(sent({ contextTokens: 50, maxOutputTokens })).toEqual(cut)
  expect(sent({ instructions, maxOutputTokens })).toEqual(whole)
})

it('a run counts the instructions and the answer that were chosen', async () => {
  await using bench = await openChatBench(() => [step.text('Yes'), step.finish('stop')])
  withContext(bench, 1_200)
  const { services } = bench
  const say = async (mark: string, chatId: string) =>
    (await bench.send(long(mark), { id: mark + chatId, chatId })).finished
  const begin = (chatId: string) => say('First', chatId)
  const goOn = async (chatId: string) => {
    await say('Second', chatId)
    return sentBy(bench).at(-1)
  }
  for (const chatId of ['plain', 'instructed', 'short']) await begin(chatId)
  await changeParameters({
    services,
    userId,
    chatId: 'short',
    parameters: { maxOutputTokens: 64 },
  })

  expect(await goOn('plain')).toEqual(['First', 'Second'])
  await changeSettings({ services, userId, values: { aboutUser: 'x'.repeat(200) } })
  expect(await goOn('instructed')).toEqual(['Second'])
  expect(await goOn('short')).toEqual(['First', 'Second'])
})

it('a provider that finds it too long is asked again with half of it', async () => {
  await using bench = await openChatBench(({ body }) =>
    JSON.stringify(body).includes('First') && JSON.stringify(body).includes('Second')
      ? [step.status(400, tooLong)]
      : [step.text('Yes'), step.finish('stop')],
  )
  for (const mark of ['First', 'Second'])
    await (
      await bench.send(long(mark), { id: mark })
    ).finished

  expect(sentBy(bench)).toEqual([['First'], ['First', 'Second'], ['Second']])
  const { text, message } = await bench.answer()
  expect(text).toBe('Yes')
  expect(message.metadata).toMatchObject({ status: 'done', contextFrom: 'Second' })
})

it('a provider that says so in the middle of an answer is not asked again: the answer would repeat', async () => {
  await using bench = await openChatBench(({ body }) =>
    JSON.stringify(body).includes('Second')
      ? [step.text('Half'), step.error({ message: 'too long', code: 'context_length_exceeded' })]
      : [step.text('Yes'), step.finish('stop')],
  )
  for (const mark of ['First', 'Second'])
    await (
      await bench.send(long(mark), { id: mark })
    ).finished

  expect(sentBy(bench)).toHaveLength(2)
  const { text, message } = await bench.answer()
  expect(text).toBe('Half')
  expect(message.metadata).toMatchObject({ error: { code: 'context-too-long' } })
})

it('one message that is too long by itself is told of', async () => {
  await using bench = await openChatBench(() => [step.status(400, tooLong)])
  await (
    await bench.send(long('First'))
  ).finished

  expect(sentBy(bench)).toEqual([['First']])
  const { message } = await bench.answer()
  expect(message.metadata).toMatchObject({ error: { code: 'context-too-long' } })
  expect(message.metadata).not.toHaveProperty('contextFrom')
})

it('what models can read comes with Rivulet, and is the operator’s to say', () => {
  const { contextWindows: none } = parseEnv({})
  const own = { 'groq/llama': 131_072, 'openai/gpt-4o': 64_000 }
  const { contextWindows } = parseEnv({ MODEL_CONTEXT: JSON.stringify(own) })
  const gpt = (id: string) => ({ provider: 'openai', id })

  expect(contextTokensOf(none, gpt('gpt-4o-2024-08-06'))).toBe(128_000)
  expect(contextTokensOf(none, { provider: 'groq', id: 'llama' })).toBeUndefined()
  expect(contextTokensOf(contextWindows, { provider: 'groq', id: 'llama' })).toBe(131_072)
  expect(contextTokensOf(contextWindows, gpt('gpt-4o'))).toBe(64_000)
  expect(() => parseEnv({ MODEL_CONTEXT: '{"llama":5}' })).toThrow('must be named endpoint/model')
})
