import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { describe, expect, it } from 'vitest'
import { chatCompletionsFormat } from '@/e2e/upstream/chat-completions-format'
import { responsesFormat } from '@/e2e/upstream/responses-format'
import { withShortWay } from './short-way'
import type { WireApi } from './uniform-model'

type Fetch = typeof fetch
type Random = () => number

const apis = ['responses', 'chat-completions'] as const
const usage = { input: 3, cached: 1, output: 2, reasoning: 1 }
const call = {
  prompt: [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'Hello' }] }],
}

const open: Record<WireApi, (fetch: Fetch) => LanguageModelV4> = {
  responses: (through) =>
    createOpenAI({ baseURL: 'http://model.test', apiKey: 'key', fetch: through }).responses('gpt'),
  'chat-completions': (through) =>
    createOpenAICompatible({
      name: 'test',
      baseURL: 'http://model.test',
      fetch: through,
      includeUsage: true,
    }).chatModel('model'),
}

/** A seeded generator (mulberry32), so that a failing answer can be made again. */
function randomOf(seed: number): Random {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function pick<Value>(random: Random, values: readonly Value[]): Value {
  const value = values[Math.floor(random() * values.length)]
  if (value === undefined) throw new Error('There is nothing to pick from.')
  return value
}

/** Serves these pieces of a body, and then an end or a fault. */
function fetchOf(pieces: readonly Uint8Array[], fault?: Error): Fetch {
  return () => {
    const left = [...pieces]
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift()
        if (piece) controller.enqueue(piece)
        else if (fault) controller.error(fault)
        else controller.close()
      },
    })
    return Promise.resolve(new Response(body, { headers: { 'content-type': 'text/event-stream' } }))
  }
}

function cutAt(bytes: Uint8Array, positions: readonly number[]): Uint8Array[] {
  const cuts = [0, ...positions, bytes.length].toSorted((one, other) => one - other)
  return cuts.slice(1).map((cut, index) => bytes.subarray(cuts[index], cut))
}

/** What a caller sees of a stream: its parts, and how it ended. What is made up at random is struck out. */
async function seen(model: LanguageModelV4): Promise<unknown[]> {
  const parts: unknown[] = []
  try {
    const { stream } = await model.doStream(call)
    for await (const part of stream) parts.push(comparable(part))
  } catch (error) {
    parts.push(['threw', described(error)])
  }
  return parts
}

function comparable(part: LanguageModelV4StreamPart): unknown {
  if (part.type === 'error') return { type: 'error', error: described(part.error) }
  if (part.type === 'source') return { ...part, id: '' }
  return part
}

function described(error: unknown): unknown {
  return error instanceof Error ? [error.name, error.message, described(error.cause)] : error
}

async function seenBothWays(api: WireApi, pieces: readonly Uint8Array[], fault?: Error) {
  const short = withShortWay({ open: open[api], fetch: fetchOf(pieces, fault), api })
  const plain = open[api](fetchOf(pieces, fault))
  return { short: await seen(short), plain: await seen(plain) }
}

const texts = ['a', ' b', '\n\n', '世界', '😀', 'data: x\n\ndata: y', '\u2028', '"\\', '<think>']

/** Frames as no server should send them, and some that mean something besides. */
const oddFrames: Record<WireApi, readonly unknown[]> = {
  'chat-completions': [
    ...[
      { content: 'both', reasoning_content: 'both' },
      { content: '' },
      { content: 'x', reasoning_content: '' },
      { reasoning: 'r', reasoning_content: '' },
      { reasoning: 'r' },
      { content: 'x', role: 'assistant', tool_calls: [], refusal: null, extra: 1 },
      { content: 'x', role: 'user' },
      { content: ['x'] },
      { content: [{ type: 'text', text: 'x' }] },
      { content: 7 },
      { refusal: 'I will not' },
      { content: 'x', refusal: 'no' },
      { content: 'x', extra: { inner: 1 } },
      { tool_calls: [{ index: 0, id: 't', function: { name: 'f', arguments: '{"a"' } }] },
      { tool_calls: [{ index: 0, function: { arguments: ':1}' } }] },
    ].map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [] },
    { choices: [{ delta: { content: 'x' }, finish_reason: 'stop' }] },
    { choices: [{ delta: { content: 'x' }, finish_reason: '' }] },
    { choices: [{ delta: { content: 'x' } }, { delta: { content: 'y' } }] },
    { choices: [{ delta: { content: 'x' } }], usage: { prompt_tokens: 1 } },
    { choices: [{ delta: { content: 'x' } }], usage: null },
    { choices: [{ delta: { content: 'x' } }], error: null },
    { choices: [{ delta: { content: 'x' } }], id: 7 },
    { choices: [{ delta: { content: 'x' } }], id: 'late', model: 'm', created: 5 },
    { choices: [{ delta: { content: 'x' }, logprobs: { content: [] } }] },
    { choices: [{ delta: null }] },
    { error: { message: 'Sorry' } },
    { object: 'error', message: 'Sorry' },
  ],
  responses: [
    ...[
      {},
      { output_index: null },
      { output_index: '0' },
      { item_id: 'another' },
      { item_id: 7 },
      { delta: 7 },
      { logprobs: [{ token: 'x', logprob: -1, top_logprobs: [] }] },
      { logprobs: 'x' },
      { extra: { inner: 1 } },
    ].map((fields) => ({
      type: 'response.output_text.delta',
      item_id: 'msg_0',
      output_index: 0,
      delta: 'x',
      ...fields,
    })),
    ...[{ summary_index: 0 }, { summary_index: 1 }, { summary_index: '0' }, {}].map((fields) => ({
      type: 'response.reasoning_summary_text.delta',
      item_id: 'rs_0',
      output_index: 0,
      delta: 'x',
      ...fields,
    })),
    { type: 'response.refusal.delta', item_id: 'msg_0', output_index: 0, delta: 'no' },
    {
      type: 'response.reasoning_summary_part.added',
      item_id: 'rs_0',
      output_index: 0,
      summary_index: 1,
    },
    {
      type: 'response.reasoning_summary_part.done',
      item_id: 'rs_0',
      output_index: 0,
      summary_index: 0,
    },
    {
      type: 'response.output_item.added',
      output_index: 1,
      item: { type: 'function_call', id: 'fc_1', call_id: 'c', name: 'f', arguments: '' },
    },
    {
      type: 'response.function_call_arguments.delta',
      item_id: 'fc_1',
      output_index: 1,
      delta: '{}',
    },
    {
      type: 'response.output_text.annotation.added',
      item_id: 'msg_0',
      output_index: 0,
      annotation: {
        type: 'url_citation',
        start_index: 0,
        end_index: 1,
        url: 'https://a.test',
        title: 'A',
      },
    },
    { type: 'response.in_progress' },
    { type: 'response.unheard_of', delta: 'x' },
    { type: 'error', code: null, message: 'Sorry', param: null },
  ],
}
const oddPayloads = [
  '{"cut":',
  '',
  'null',
  '7',
  '[]',
  '[DONE]',
  '{"__proto__":1}',
  '{"choices":[{"delta":{"content":"x","__proto__":1}}]}',
  '{"type":"response.output_text.delta","item_id":"msg_0","delta":"x","\\u005f_proto__":1}',
]

function answerOf(api: WireApi, random: Random): string {
  const writer = writerOf(api)
  const lines = random() < 0.9 ? [writer.start()] : []
  const length = Math.floor(random() * 25)
  while (lines.length < length) {
    const kind = random()
    if (kind < 0.4) lines.push(writer.text(pick(random, texts)))
    else if (kind < 0.6) lines.push(writer.reasoning(pick(random, texts)))
    else if (kind < 0.65)
      lines.push(pick(random, [': alive\n\n', ':\n', 'retry: 5\n', 'id: 3\n\n']))
    else if (kind < 0.72) lines.push(`data: ${pick(random, oddPayloads)}\n\n`)
    else lines.push(`data: ${JSON.stringify(pick(random, oddFrames[api]))}\n\n`)
  }
  if (random() < 0.8) lines.push(writer.finish('stop', usage))
  return lines.join('')
}

function bytesOf(answer: string, lineEnd = '\n'): Uint8Array {
  return new TextEncoder().encode(answer.replaceAll('\n', lineEnd))
}

function someAnswer(api: WireApi, random: Random): Uint8Array[] {
  // The comment settles the line before it: the AI SDK's parser takes no CR at the very end for a line end.
  const answer = `${answerOf(api, random)}:\n`
  const bytes = bytesOf(answer, pick(random, ['\n', '\n', '\r\n', '\r']))
  const cuts = Array.from({ length: pick(random, [0, 1, 10]) }, () =>
    Math.floor(random() * bytes.length),
  )
  return cutAt(bytes, cuts)
}

function writerOf(api: WireApi) {
  const format = api === 'responses' ? responsesFormat : chatCompletionsFormat
  return format.writer({ model: 'm', stream_options: { include_usage: true } })
}

describe.each(apis)('the short way with %s', (api) => {
  it('gives the parts that the AI SDK gives, for answers of every kind', async () => {
    for (let seed = 1; seed <= 400; seed++) {
      const { short, plain } = await seenBothWays(api, someAnswer(api, randomOf(seed)))
      expect(short, `seed ${seed}`).toEqual(plain)
    }
  })

  it('tells a broken connection as the AI SDK does, and loses no more than it', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const fault = new TypeError('terminated')
      const { short, plain } = await seenBothWays(api, someAnswer(api, randomOf(seed)), fault)
      expect(short.at(-1), `seed ${seed}`).toEqual(plain.at(-1))
      // A fault overtakes what is in the web streams, so that it is left to chance how much has come before.
      const length = Math.min(short.length, plain.length) - 1
      expect(short.slice(0, length), `seed ${seed}`).toEqual(plain.slice(0, length))
    }
  })

  it('gives them wherever the bytes are cut', async () => {
    const writer = writerOf(api)
    const bytes = bytesOf(
      writer.start() +
        writer.reasoning('hm') +
        writer.reasoning(' 世') +
        writer.text('a') +
        writer.text('😀') +
        writer.text('c') +
        writer.finish('stop', usage),
      '\r\n',
    )
    const whole = await seen(open[api](fetchOf([bytes])))
    for (let cut = 1; cut < bytes.length; cut++) {
      const fetch = fetchOf(cutAt(bytes, [cut]))
      const parts = await seen(withShortWay({ open: open[api], fetch, api }))
      expect(parts, `cut at ${cut}`).toEqual(whole)
    }
  })

  it('keeps text that only writes on from the AI SDK', async () => {
    const writer = writerOf(api)
    const tokens = Array.from({ length: 100 }, (_, index) => ` t${index}`)
    const thoughts = Array.from({ length: 100 }, (_, index) => ` r${index}`)
    const answer = [
      writer.start(),
      ...thoughts.map((text) => writer.reasoning(text)),
      ...tokens.map((text) => writer.text(text)),
      writer.finish('stop', usage),
    ].map((frame) => bytesOf(frame))
    let inside = ''
    const model = withShortWay({
      api,
      fetch: fetchOf(answer),
      open: (through) =>
        open[api](async (input, init) => {
          const response = await through(input, init)
          const [one, other] = response.body?.tee() ?? []
          void new Response(one).text().then((text) => (inside = text))
          return new Response(other, response)
        }),
    })
    const parts = await seen(model)
    expect(textOf(parts, 'text-delta')).toBe(tokens.join(''))
    expect(textOf(parts, 'reasoning-delta')).toBe(thoughts.join(''))
    await expect.poll(() => inside).toMatch(/"(delta|content)":" t0"/)
    expect(inside).not.toMatch(/"(delta|content)":" t[1-9]/)
    expect(inside).not.toMatch(/"(delta|reasoning_content)":" r99"/)
  })

  it('hangs up on the upstream when the reader cancels while it waits', async () => {
    const cancelled = Promise.withResolvers<unknown>()
    const writer = writerOf(api)
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(bytesOf(writer.start() + writer.text('a'))),
      cancel: cancelled.resolve,
    })
    const model = withShortWay({
      api,
      open: open[api],
      fetch: () => Promise.resolve(new Response(body)),
    })
    const { stream } = await model.doStream(call)
    const reader = stream.getReader()
    let read = await reader.read()
    while (read.value?.type !== 'text-delta') read = await reader.read()
    const waiting = reader.read()
    await reader.cancel('gone')
    expect((await waiting).done).toBe(true)
    await expect(cancelled.promise).resolves.toContain('gone')
  })
})

function textOf(parts: readonly unknown[], type: string): string {
  return parts
    .map((part) =>
      typeof part === 'object' && part !== null && 'delta' in part && 'type' in part
        ? part.type === type
          ? part.delta
          : ''
        : '',
    )
    .join('')
}
