import { expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import { contextTokensOf } from '../models/context-windows'
import { parseEnv } from '../env'
import { openChatBench } from './testing/chat-bench'

const tooLong = { error: { message: 'too long', code: 'context_length_exceeded' } }
const long = (mark: string) => `${mark} ${'word '.repeat(300)}`

/** The texts of the messages that each request had. */
function sentBy(bench: Awaited<ReturnType<typeof openChatBench>>): string[][] {
  return bench
    .streamed()
    .map(({ body }) => JSON.stringify(body['messages']).match(/First|Second|Third/g) ?? [])
}

it('a chat that is too long for its model loses its oldest turns, and the answer says where', async () => {
  await using bench = await openChatBench(() => [step.text('Yes'), step.finish('stop')])
  const { models } = bench.services
  const services = {
    ...bench.services,
    models: {
      ...models,
      resolve: async (ref: Parameters<typeof models.resolve>[0]) => {
        const model = await models.resolve(ref)
        return model && { ...model, contextTokens: 1_600 }
      },
    },
  }
  Object.assign(bench.services, services)
  for (const mark of ['First', 'Second', 'Third'])
    await (
      await bench.send(long(mark), { id: mark })
    ).finished

  expect(sentBy(bench)).toEqual([['First'], ['First', 'Second'], ['Second', 'Third']])
  const { message } = await bench.answer()
  expect(message.metadata).toMatchObject({ status: 'done', contextFrom: 'Second' })
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
