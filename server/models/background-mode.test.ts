import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { createOpenAI } from '@ai-sdk/openai'
import { afterEach, describe, expect, it } from 'vitest'
import { gate, step, type Gate, type Step } from '@/e2e/upstream/steps'
import {
  startUpstream,
  type Scenario,
  type Upstream,
  type UpstreamRequest,
} from '@/e2e/upstream/upstream'
import { parseEnv } from '../env'
import { backgroundFetch, UpstreamDetached, type BackgroundCall } from './background-response'
import { runErrorOf } from './model-error'
import { createModelRegistry } from './model-registry'
import type { ResolvedModel } from './model-source'
import { createResponseRequests } from './response-requests'
import { uniformModel } from './uniform-model'

const models = { object: 'list', data: [{ id: 'gpt-5-mini', object: 'model' }] }
const opened: Upstream[] = []

afterEach(async () => {
  await Promise.all(opened.splice(0).map((upstream) => upstream.close()))
})

async function serve(scenario: Scenario | Step[]): Promise<Upstream> {
  const upstream = await startUpstream({ apiKey: 'key', models })
  opened.push(upstream)
  upstream.respond(Array.isArray(scenario) ? () => scenario : scenario)
  return upstream
}

/** As one process would open it. */
async function open(upstream: Upstream, settings: Record<string, string> = {}) {
  const registry = createModelRegistry({
    env: parseEnv({
      NODE_ENV: 'production',
      OPENAI_API_KEY: 'key',
      OPENAI_RESPONSES_URL: upstream.baseUrl,
      OPENAI_BACKGROUND: 'on',
      DEFAULT_MODEL: 'openai/gpt-5-mini',
      ...settings,
    }),
    now: Date.now,
  })
  return required(await registry.resolve({ provider: 'openai', id: 'gpt-5-mini' }))
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('is missing')
  return value
}

function backgroundOf({ background }: ResolvedModel) {
  return required(background)
}

function callOptions(
  { providerOptions }: Pick<ResolvedModel, 'providerOptions'>,
  abortSignal?: AbortSignal,
): LanguageModelV4CallOptions {
  return {
    prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }],
    ...(providerOptions && { providerOptions }),
    ...(abortSignal && { abortSignal }),
  }
}

async function partsOf(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamPart[]> {
  return Array.fromAsync((await model.doStream(options)).stream)
}

function textOf(parts: readonly LanguageModelV4StreamPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')
}

function finishOf(parts: readonly LanguageModelV4StreamPart[]) {
  return parts.find((part) => part.type === 'finish')?.finishReason
}

/** All requests but those for the list of models. */
function callsOf({ requests }: Upstream): UpstreamRequest[] {
  return requests.filter(({ path }) => path !== '/v1/models')
}

function pathsOf(upstream: Upstream): string[] {
  return callsOf(upstream).map(({ method, path, query }) => {
    const search = new URLSearchParams(query).toString()
    return `${method} ${path.replace('/v1', '')}${search && `?${search}`}`
  })
}

async function readText(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>) {
  for (;;) {
    const { value } = await reader.read()
    if (!value) throw new Error('ended before any text')
    if (value.type === 'text-delta') return value.delta
  }
}

async function restOf(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>) {
  const rest: LanguageModelV4StreamPart[] = []
  for (let part = await reader.read(); !part.done; part = await reader.read()) rest.push(part.value)
  return rest
}

const answer = [
  step.reasoning('hm'),
  step.reasoning(' well'),
  step.text('Hello'),
  step.text(', 世界 😀'),
  step.text('\r\n data: x'),
]

describe('an answer in background mode', () => {
  it('is asked for with `background` and `store`, and tells its id before its first part', async () => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    const ids: string[] = []
    const model = backgroundOf(resolved).start({ onResponseId: (id) => ids.push(id) })
    const { stream } = await model.doStream(callOptions(resolved))
    expect(ids).toEqual(['resp_bg_1'])
    const parts = await Array.fromAsync(stream)
    expect(textOf(parts)).toBe('Hello, 世界 😀\r\n data: x')
    expect(finishOf(parts)).toEqual({ unified: 'stop', raw: 'completed' })
    expect(callsOf(upstream).map(({ body }) => body)).toMatchObject([
      { background: true, store: true, stream: true },
    ])
  })

  it('reads the same whatever event its connection ends behind', async () => {
    const whole = await partsOfCut(answer)
    for (let at = 0; at <= answer.length; at += 1) {
      expect(await partsOfCut(answer.toSpliced(at, 0, step.eof()))).toEqual(whole)
    }
  })

  it.each(['closes', 'breaks', 'falls silent'] as const)(
    'reads the same wherever its connection %s inside an event',
    async (end) => {
      const whole = await partsOfCut(answer)
      const { first, length } = await measured(answer)
      for (let at = first; at < length; at += 61) {
        expect(await partsOfCut(answer, cutting(at, end))).toEqual(whole)
      }
    },
  )

  it('waits for a model that is silent for long, however often it has to ask', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.wait(held.opened), step.text('b')])
    const model = modelOver(upstream, fetch, { silenceMs: 5, retryWaitsMs: [1] })
    const parts = partsOf(model, callOptions({}))
    await expect.poll(() => pathsOf(upstream).length).toBeGreaterThan(5)
    held.open()
    expect(textOf(await parts)).toBe('ab')
  })

  it('survives the reset of a connection', async () => {
    const { held, reader, upstream } = await readingHalf([step.reset(), step.text('b')])
    held.open()
    expect(textOf(await restOf(reader))).toBe('b')
    expect(pathsOf(upstream)).toHaveLength(2)
  })

  it('fails as ever when the connection breaks before its id has come', async () => {
    const upstream = await serve(answer)
    const error: unknown = await modelOver(upstream, cutting(40, 'breaks'))
      .doStream(callOptions({}))
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(runErrorOf(error)).toMatchObject({ code: 'model-unreachable', retryable: true })
  })

  it('goes on behind the last event that came, and hears none twice', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const resolved = await open(upstream)
    const parts = await partsOf(
      backgroundOf(resolved).start({ onResponseId: () => {} }),
      callOptions(resolved),
    )
    expect(textOf(parts)).toBe('ab')
    expect(pathsOf(upstream)).toEqual([
      'POST /responses',
      'GET /responses/resp_bg_1?stream=true&starting_after=5',
    ])
  })

  it('drops events that a server sends again', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const deaf: typeof fetch = (input, init) =>
      fetch(addressOf(input).replace(/&starting_after=\d+/, ''), init)
    expect(textOf(await partsOf(modelOver(upstream, deaf), callOptions({})))).toBe('ab')
  })

  it('tries again while the server cannot be reached, and counts anew after every event', async () => {
    const held = gate()
    const upstream = await serve([
      step.text('a'),
      step.eof(),
      step.wait(held.opened),
      step.text('b'),
      step.eof(),
      step.text('c'),
    ])
    let gets = 0
    const shaky: typeof fetch = async (input, init) => {
      if (init?.method === 'POST') return fetch(input, init)
      gets += 1
      if (gets % 3 === 1) throw new TypeError('fetch failed')
      if (gets % 3 === 2) return new Response('', { status: 503 })
      const response = await fetch(input, init)
      held.open()
      return response
    }
    const model = modelOver(upstream, shaky, { retryWaitsMs: [1, 1, 1] })
    expect(textOf(await partsOf(model, callOptions({})))).toBe('abc')
  })

  it('is interrupted when the server stays out of reach', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.eof(), step.wait(held.opened)])
    let gets = 0
    const cut: typeof fetch = async (input, init) => {
      if (init?.method === 'POST') return fetch(input, init)
      gets += 1
      throw new TypeError('fetch failed')
    }
    const parts = await partsOf(
      modelOver(upstream, cut, { retryWaitsMs: [1, 1, 1] }),
      callOptions({}),
    )
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(gets).toBe(3)
  })

  it('goes on after a malformed frame', async () => {
    const upstream = await serve([step.text('a'), step.malformed(), step.eof(), step.text('b')])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const parts = await partsOf(model, callOptions(resolved))
    expect(textOf(parts)).toBe('ab')
    expect(finishOf(parts)).toEqual({ unified: 'stop', raw: 'completed' })
  })

  it('fails with the error that the provider tells', async () => {
    const error = { message: 'Sorry', code: 'server_error', type: 'response.failed' }
    const upstream = await serve([step.text('a'), step.eof(), step.error(error)])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const parts = await partsOf(model, callOptions(resolved))
    expect(finishOf(parts)).toEqual({ unified: 'error', raw: 'error' })
    expect(parts).toContainEqual(expect.objectContaining({ type: 'error' }))
  })

  it('passes on the refusal of a request', async () => {
    const upstream = await serve([step.status(429, { error: { message: 'Slow down' } })])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const error: unknown = await model.doStream(callOptions(resolved)).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(runErrorOf(error)).toMatchObject({ code: 'model-rate-limited', detail: 'Slow down' })
  })

  it.each([
    ['numbers no events', rewriting(/"sequence_number":\d+,/g, '')],
    ['gives ids that lead elsewhere', rewriting(/resp_bg_1/g, '../models')],
  ])('cannot be taken up where a server %s: the cut is told', async (_, through) => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const ids: string[] = []
    const model = modelOver(upstream, through, { onResponseId: (id) => ids.push(id) })
    const parts = await partsOf(model, callOptions({}))
    expect(textOf(parts)).toBe('a')
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(ids).toEqual([])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('reads an event of several lines', async () => {
    const delta =
      'data: {"type":"response.output_text.delta",\ndata: "item_id":"msg_0","delta":"b"}'
    const upstream = await serve([step.text('a'), step.raw(`${delta}\n\n`), step.text('c')])
    expect(textOf(await partsOf(modelOver(upstream), callOptions({})))).toBe('abc')
  })
})

describe('leaving an answer in background mode', () => {
  it('cancels it when the user stops', async () => {
    const { upstream, abort } = await readingHalf()
    abort.abort(new DOMException('stopped', 'AbortError'))
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('cancels it when the reader turns away', async () => {
    const { upstream, reader } = await readingHalf()
    await reader.cancel()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('leaves it running when it is detached', async () => {
    const { upstream, abort, held } = await readingHalf()
    abort.abort(new UpstreamDetached())
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 0 }])
    held.open()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'completed' }])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('cancels it even when its id has not come yet', async () => {
    const held = gate()
    const upstream = await serve([step.wait(gate().opened)])
    const abort = new AbortController()
    const slow: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (addressOf(input).endsWith('/responses')) await held.opened
      return response
    }
    const streaming = modelOver(upstream, slow).doStream(callOptions({}, abort.signal))
    await upstream.request(0)
    abort.abort(new UpstreamDetached())
    await expect(streaming).rejects.toThrow('another process')
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
    held.open()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('asks nothing more once it is complete', async () => {
    const upstream = await serve([step.text('a')])
    const abort = new AbortController()
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    await partsOf(model, callOptions(resolved, abort.signal))
    abort.abort()
    expect(upstream.responses()).toMatchObject([{ status: 'completed' }])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('asks nothing more behind its last event, whatever follows that', async () => {
    const done = rewriting(/(event: response.completed\n.*\n\n)/g, '$1data: [DONE]\n\n')
    const upstream = await serve(answer)
    await partsOf(modelOver(upstream, done), callOptions({}))
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('cancels nothing behind its last event', async () => {
    const { length } = await measured(answer)
    const upstream = await serve(answer)
    const hanging = cutting(length, 'falls silent')
    const asked: string[] = []
    const through: typeof fetch = (input, init) => {
      asked.push(addressOf(input))
      return hanging(input, init)
    }
    const abort = new AbortController()
    const { stream } = await modelOver(upstream, through).doStream(callOptions({}, abort.signal))
    const reader = stream.getReader()
    for (let part = await reader.read(); part.value?.type !== 'text-end';)
      part = await reader.read()
    abort.abort()
    expect(asked).toEqual([`${upstream.baseUrl}/responses`])
  })

  it('gives up waiting to connect again', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.wait(gate().opened)])
    const abort = new AbortController()
    const { stream } = await modelOver(upstream, fetch, { retryWaitsMs: [600_000] }).doStream(
      callOptions({}, abort.signal),
    )
    const reading = Array.fromAsync(stream)
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 0 }])
    abort.abort(new DOMException('stopped', 'AbortError'))
    await expect(reading).rejects.toThrow('stopped')
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('taking up an answer of another process', () => {
  it('gives the same parts, while it is written and after it is complete', async () => {
    const held = gate()
    const upstream = await serve([...answer, step.wait(held.opened), step.text('the end')])
    const first = await open(upstream)
    const ids: string[] = []
    const model = backgroundOf(first).start({ onResponseId: (id) => ids.push(id) })
    const whole = partsOf(model, callOptions(first))
    await expect.poll(() => ids).toHaveLength(1)

    const resume = async () => {
      const other = await open(upstream)
      return partsOf(backgroundOf(other).resume(required(ids[0])), callOptions(other))
    }
    const during = resume()
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 2 }])
    held.open()
    expect(await during).toEqual(await whole)
    expect(await resume()).toEqual(await whole)
    expect(textOf(await whole)).toContain('the end')
  })

  it('sends no prompt', async () => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    await partsOf(backgroundOf(resolved).start({ onResponseId: () => {} }), callOptions(resolved))
    await partsOf(backgroundOf(resolved).resume('resp_bg_1'), callOptions(resolved))
    expect(pathsOf(upstream)).toEqual(['POST /responses', 'GET /responses/resp_bg_1?stream=true'])
    expect(callsOf(upstream)[1]?.body).toEqual({})
  })

  it.each([
    ['unknown', 'resp_none'],
    ['not an id', '../models'],
  ])('is interrupted where the answer is %s', async (_, id) => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    const parts = await partsOf(backgroundOf(resolved).resume(id), callOptions(resolved))
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(callsOf(upstream)).toHaveLength(1)
  })

  it('repeats nothing where a server numbers no events', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.wait(held.opened), step.eof()])
    await modelOver(upstream).doStream(callOptions({}))
    const unnumbered = rewriting(/"sequence_number":\d+,/g, '')
    const model = modelOver(upstream, unnumbered, { resumedId: 'resp_bg_1' })
    const reading = partsOf(model, callOptions({}))
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 2 }])
    held.open()
    const parts = await reading
    expect(textOf(parts)).toBe('a')
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('keeps what came of an answer that expires meanwhile', async () => {
    const { upstream, reader } = await readingHalf()
    upstream.forget('resp_bg_1')
    expect(finishOf(await restOf(reader))).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('is interrupted where the answer was cancelled, without more tries', async () => {
    const upstream = await serve([step.text('a'), step.wait(gate().opened)])
    const model = modelOver(upstream, fetch, { retryWaitsMs: [1, 600_000] })
    const reading = partsOf(model, callOptions({}))
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 1 }])
    await backgroundOf(await open(upstream)).cancel('resp_bg_1')
    const parts = await reading
    expect(upstream.responses()).toMatchObject([{ status: 'cancelled' }])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('fails where the answer has failed', async () => {
    const error = { message: 'Sorry', code: 'server_error', type: 'response.failed' }
    const upstream = await serve([step.text('a'), step.error(error)])
    const resolved = await open(upstream)
    const options = callOptions(resolved)
    const first = await partsOf(backgroundOf(resolved).start({ onResponseId: () => {} }), options)
    const again = await partsOf(backgroundOf(resolved).resume('resp_bg_1'), options)
    expect(again).toEqual(first)
    expect(finishOf(again)).toEqual({ unified: 'error', raw: 'error' })
  })

  it('survives a cancellation that nobody hears', async () => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    await upstream.close()
    opened.length = 0
    await expect(backgroundOf(resolved).cancel('resp_bg_1')).resolves.toBeUndefined()
  })
})

describe('without background mode', () => {
  it('sends what it always sent', async () => {
    const bodies: unknown[] = []
    for (const OPENAI_BACKGROUND of ['off', 'on']) {
      const upstream = await serve(answer)
      const resolved = await open(upstream, { OPENAI_BACKGROUND })
      expect(resolved.background !== undefined).toBe(OPENAI_BACKGROUND === 'on')
      await partsOf(resolved.model, callOptions(resolved))
      bodies.push(callsOf(upstream).map(({ body, path }) => ({ body, path })))
    }
    expect(bodies[0]).toEqual(bodies[1])
    expect(JSON.stringify(bodies)).not.toContain('background')
    expect(bodies[0]).toMatchObject([{ path: '/v1/responses', body: { store: false } }])
  })

  it('titles are asked for: nothing of them is stored', async () => {
    const upstream = await serve([step.text('A title')])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    await model.doGenerate(callOptions(resolved))
    expect(callsOf(upstream)[0]?.body).not.toHaveProperty('background')
    expect(callsOf(upstream)[0]?.body).toMatchObject({ store: false })
  })

  it('are servers that only speak OpenAI’s API', async () => {
    const upstream = await serve([step.text('a')])
    const registry = createModelRegistry({
      env: parseEnv({
        NODE_ENV: 'production',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: upstream.baseUrl,
        OPENAI_BACKGROUND: 'on',
      }),
      now: Date.now,
    })
    const resolved = await registry.resolve({ provider: 'default', id: 'gpt-5-mini' })
    expect(resolved).toBeDefined()
    expect(resolved?.background).toBeUndefined()
  })
})

function addressOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : input.toString()
}

/** A model whose connections the test decides about. */
function modelOver(
  { baseUrl }: Upstream,
  through: typeof fetch = fetch,
  call: Partial<BackgroundCall> = {},
): LanguageModelV4 {
  const requests = createResponseRequests({ baseUrl, apiKey: 'key', fetch: through })
  const background = backgroundFetch({
    fetch: through,
    requests,
    retryWaitsMs: [1, 1],
    ...call,
  })
  const provider = createOpenAI({ baseURL: baseUrl, apiKey: 'key', fetch: background })
  return uniformModel(provider.responses('gpt-5-mini'), 'responses')
}

async function partsOfCut(steps: Step[], through: typeof fetch = fetch) {
  const upstream = await serve(steps)
  return partsOf(modelOver(upstream, through, { silenceMs: 20 }), callOptions({}))
}

async function measured(steps: Step[]): Promise<{ first: number; length: number }> {
  const { baseUrl } = await serve(steps)
  const response = await fetch(`${baseUrl}/responses`, {
    method: 'POST',
    headers: { authorization: 'Bearer key' },
    body: JSON.stringify({ model: 'gpt-5-mini', background: true, stream: true }),
  })
  const wire = Buffer.from(await response.arrayBuffer())
  return { first: wire.indexOf('\n\n') + 2, length: wire.length }
}

/** A server whose words are not OpenAI's. */
function rewriting(pattern: RegExp, replacement: string): typeof fetch {
  return async (input, init) => {
    const { body, headers, ok } = await fetch(input, init)
    if (!ok || !body) throw new Error('refused')
    const rewrite = new TransformStream<string, string>({
      transform: (text, controller) => controller.enqueue(text.replaceAll(pattern, replacement)),
    })
    const rewritten = body
      .pipeThrough(new TextDecoderStream())
      .pipeThrough(rewrite)
      .pipeThrough(new TextEncoderStream())
    return new Response(rewritten, { headers })
  }
}

/** A network that loses the first connection behind so many bytes. */
function cutting(bytesMax: number, end: 'closes' | 'breaks' | 'falls silent'): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init)
    if (init?.method !== 'POST') return response
    const bytes = new Uint8Array(await response.arrayBuffer()).subarray(0, bytesMax)
    let sent = false
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        if (!sent) controller.enqueue(bytes)
        else if (end === 'closes') controller.close()
        else if (end === 'breaks') controller.error(new TypeError('terminated'))
        const isSilent = sent && end === 'falls silent'
        sent = true
        return isSilent ? gate().opened : undefined
      },
    })
    return new Response(body, { headers: response.headers })
  }
}

type HalfRead = {
  upstream: Upstream
  resolved: ResolvedModel
  abort: AbortController
  reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>
  held: Gate
}

/** An answer whose first text has come and whose rest waits at a gate. */
async function readingHalf(rest = [step.text('b')]): Promise<HalfRead> {
  const held = gate()
  const upstream = await serve([step.text('a'), step.wait(held.opened), ...rest])
  const resolved = await open(upstream)
  const abort = new AbortController()
  const model = backgroundOf(resolved).start({ onResponseId: () => {} })
  const { stream } = await model.doStream(callOptions(resolved, abort.signal))
  const reader = stream.getReader()
  await readText(reader)
  return { upstream, resolved, abort, reader, held }
}
