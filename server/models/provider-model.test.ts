import type { LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { afterEach, describe, expect, it } from 'vitest'
import { gate, step, type Step } from '@/e2e/upstream/steps'
import type { Scenario } from '@/e2e/upstream/scenario'
import { startUpstream, type Upstream } from '@/e2e/upstream/upstream'
import type { Endpoint } from './endpoints'
import { isMalformedFrame, runErrorOf } from './model-error'
import { providerModel } from './provider-model'
import { reasoningEffortsOf } from './reasoning-efforts'
import { callOptions } from './testing/call-options'

const apis = ['responses', 'chat-completions'] as const
type Api = (typeof apis)[number]

const usage = { input: 11, cached: 4, output: 7, reasoning: 3 }
let upstream: Upstream | undefined

afterEach(async () => {
  await upstream?.close()
  upstream = undefined
})

async function serve(scenario: Scenario | Step[]): Promise<Upstream> {
  upstream = await startUpstream()
  upstream.respond(Array.isArray(scenario) ? () => scenario : scenario)
  return upstream
}

function open(api: Api, { baseUrl }: Upstream, modelId = 'gpt-5-mini') {
  const endpoint: Endpoint =
    api === 'responses'
      ? { id: 'openai', name: 'OpenAI', kind: 'openai', baseUrls: [baseUrl], apiKey: 'key' }
      : { id: 'local-ollama', name: 'Ollama', kind: 'local', baseUrls: [baseUrl] }
  const reasons = reasoningEffortsOf(modelId, { endpoint, named: [] }) !== undefined
  return providerModel({ endpoint, baseUrl, modelId, reasons, fetch })
}

async function streamOf(api: Api, scenario: Scenario | Step[]) {
  const { model, providerOptions } = open(api, await serve(scenario))
  return (await model.doStream(callOptions({ providerOptions }))).stream
}

async function partsOf(api: Api, scenario: Scenario | Step[]) {
  return Array.fromAsync(await streamOf(api, scenario))
}

function shapeOf(parts: LanguageModelV4StreamPart[]): string[] {
  return parts.flatMap((part) => {
    if (part.type === 'text-delta' || part.type === 'reasoning-delta')
      return [`${part.type} ${part.delta}`]
    return part.type === 'stream-start' || part.type === 'response-metadata' ? [] : [part.type]
  })
}

function finishOf(parts: LanguageModelV4StreamPart[]) {
  return parts.find((part) => part.type === 'finish')?.finishReason
}

function errorsOf(parts: LanguageModelV4StreamPart[]): unknown[] {
  return parts.flatMap((part) => (part.type === 'error' ? [part.error] : []))
}

describe.each(apis)('%s over a real socket', (api) => {
  it('streams reasoning, text and usage', async () => {
    const parts = await partsOf(api, [
      step.reasoning('hm'),
      step.reasoning(' well'),
      step.text('Hello'),
      step.text(', 世界'),
      step.finish('stop', usage),
    ])
    expect(shapeOf(parts)).toEqual([
      'reasoning-start',
      'reasoning-delta hm',
      'reasoning-delta  well',
      'reasoning-end',
      'text-start',
      'text-delta Hello',
      'text-delta , 世界',
      'text-end',
      'finish',
    ])
    expect(parts.at(-1)).toMatchObject({
      finishReason: { unified: 'stop', raw: api === 'responses' ? 'completed' : 'stop' },
      usage: { inputTokens: { total: 11, cacheRead: 4 }, outputTokens: { total: 7, reasoning: 3 } },
    })
  })

  it('delivers text before the upstream has finished', async () => {
    const held = gate()
    const reader = (
      await streamOf(api, [step.text('early'), step.wait(held.opened), step.text('late')])
    ).getReader()
    let part = (await reader.read()).value
    while (part?.type !== 'text-delta') part = (await reader.read()).value
    expect(part.delta).toBe('early')
    held.open()
    reader.releaseLock()
  })

  it('puts characters together that were cut at any byte', async () => {
    const text = 'naïve 世界 😀 \u2028 data: x'
    const parts = await partsOf(api, [step.split(1), step.text(text), step.finish()])
    expect(shapeOf(parts)).toContain(`text-delta ${text}`)
    expect(finishOf(parts)?.unified).toBe('stop')
  })

  it('says why an answer ended early', async () => {
    const long = await partsOf(api, [step.text('a'), step.finish('length')])
    expect(finishOf(long)?.unified).toBe('length')
  })

  it('tells a stream that ended without a finish as interrupted, and closes its parts', async () => {
    const parts = await partsOf(api, [step.text('half an ans'), step.eof()])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(shapeOf(parts)).toEqual(['text-start', 'text-delta half an ans', 'text-end', 'finish'])
  })

  it('tells a stream that ended before any text as interrupted', async () => {
    const parts = await partsOf(api, [step.eof()])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(errorsOf(parts)).toEqual([])
  })

  it('drops the frame that EOF cut in the middle', async () => {
    const parts = await partsOf(api, [
      step.text('a'),
      step.raw('data: {"type":"respon'),
      step.eof(),
    ])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(errorsOf(parts)).toEqual([])
  })

  it('goes on after a malformed frame', async () => {
    const parts = await partsOf(api, [
      step.text('a'),
      step.malformed(),
      step.text('b'),
      step.finish('stop', usage),
    ])
    expect(errorsOf(parts).map(isMalformedFrame)).toEqual([true])
    expect(shapeOf(parts)).toContain('text-delta b')
    expect(finishOf(parts)?.unified).toBe('stop')
  })

  it('tells a cut after a malformed frame as a cut', async () => {
    const parts = await partsOf(api, [step.text('a'), step.malformed(), step.eof()])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('surfaces an error object inside the stream, behind the text so far', async () => {
    const parts = await partsOf(api, [
      step.text('so far'),
      step.error({ message: 'Sorry', code: 'server_error', type: 'server_error' }),
      step.eof(),
    ])
    expect(shapeOf(parts).slice(0, 2)).toEqual(['text-start', 'text-delta so far'])
    expect(errorsOf(parts).map((error) => runErrorOf(error))).toEqual([
      { code: 'model-unavailable', retryable: true, detail: 'Sorry' },
    ])
    expect(finishOf(parts)).toEqual({ unified: 'error', raw: 'error' })
  })

  it('rejects with the provider’s own words on an HTTP error', async () => {
    const { model } = open(
      api,
      await serve([step.status(429, { error: { message: 'Slow down' } }, { 'retry-after': '3' })]),
    )
    const error: unknown = await model.doStream(callOptions()).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(runErrorOf(error)).toEqual({
      code: 'model-rate-limited',
      retryable: true,
      retryAfterSeconds: 3,
      detail: 'Slow down',
    })
  })

  it('rejects the read when the connection is reset', async () => {
    const held = gate()
    const stream = await streamOf(api, [step.text('a'), step.wait(held.opened), step.reset()])
    const reader = stream.getReader()
    let part = (await reader.read()).value
    while (part?.type !== 'text-delta') part = (await reader.read()).value
    held.open()
    const error: unknown = await reader.read().then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(runErrorOf(error)).toMatchObject({ code: 'model-unreachable', retryable: true })
  })

  it('rejects when nobody listens', async () => {
    const gone = await startUpstream()
    await gone.close()
    const error: unknown = await open(api, gone)
      .model.doStream(callOptions())
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(runErrorOf(error)).toEqual({
      code: 'model-unreachable',
      retryable: true,
      detail: 'ECONNREFUSED',
    })
  })

  it.each(['signal', 'cancel'])('hangs up on the upstream by %s', async (way) => {
    const server = await serve([step.text('a'), step.wait(gate().opened)])
    const abort = new AbortController()
    const { stream } = await open(api, server).model.doStream(callOptions({}, abort.signal))
    const reader = stream.getReader()
    let part = (await reader.read()).value
    while (part?.type !== 'text-delta') part = (await reader.read()).value
    if (way === 'cancel') await reader.cancel()
    else abort.abort()
    const request = await server.request(0)
    await request.whenAborted
    expect(request.aborted).toBe(true)
  })

  it('follows no redirect', async () => {
    const server = await serve([step.status(307, {}, { location: '/v1/elsewhere' })])
    await expect(open(api, server).model.doStream(callOptions())).rejects.toThrow('redirect')
    expect(server.requests).toHaveLength(1)
  })

  it('answers in one piece too, for titles', async () => {
    const server = await serve([
      step.reasoning('hm'),
      step.text('A title'),
      step.finish('stop', usage),
    ])
    const { content, usage: reported } = await open(api, server).model.doGenerate(callOptions())
    expect(content).toMatchObject([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'A title' },
    ])
    expect(reported.outputTokens.total).toBe(7)
  })
})

describe('chat completions', () => {
  it('asks for the usage and sends no key where there is none', async () => {
    const server = await serve([step.text('a')])
    const { stream } = await open('chat-completions', server).model.doStream(callOptions())
    await Array.fromAsync(stream)
    expect(server.requests[0]?.body).toMatchObject({
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(server.requests[0]?.headers).not.toHaveProperty('cookie')
  })

  it('reads `reasoning` like `reasoning_content`', async () => {
    const frame = { choices: [{ index: 0, delta: { reasoning: 'hm' } }] }
    const parts = await partsOf('chat-completions', [
      step.raw(`data: ${JSON.stringify(frame)}\n\n`),
      step.text('a'),
    ])
    expect(shapeOf(parts)).toContain('reasoning-delta hm')
  })

  it('makes reasoning of a <think> block that comes in pieces', async () => {
    const pieces = ['<th', 'ink>', 'hm', ' well\n</', 'think', '>\n', '\nHello', ' <think>'].map(
      step.text,
    )
    const parts = await partsOf('chat-completions', [...pieces, step.finish()])
    expect(shapeOf(parts)).toEqual([
      'reasoning-start',
      'reasoning-delta hm',
      'reasoning-delta  well',
      'reasoning-end',
      'text-start',
      'text-delta Hello',
      'text-delta  <think>',
      'text-end',
      'finish',
    ])
  })

  it('closes reasoning that was cut in the middle', async () => {
    const parts = await partsOf('chat-completions', [step.text('<think>hm'), step.eof()])
    expect(shapeOf(parts)).toEqual([
      'reasoning-start',
      'reasoning-delta hm',
      'reasoning-end',
      'finish',
    ])
  })

  it('leaves a <think> block out of a title', async () => {
    const server = await serve([step.text('<think>hm</think>\n\nA title')])
    const { content } = await open('chat-completions', server).model.doGenerate(callOptions())
    expect(content).toEqual([
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'A title' },
    ])
  })

  it.each([
    [{ error: 'CUDA out of memory' }, 'model-unavailable'],
    [{ error: { message: 'context size exceeded', code: 500 } }, 'context-too-long'],
    [{ object: 'error', message: 'boom', code: 500 }, 'model-unavailable'],
  ])('understands the error frame %j', async (frame, code) => {
    const parts = await partsOf('chat-completions', [
      step.text('a'),
      step.raw(`data: ${JSON.stringify(frame)}\n\n`),
      step.eof(),
    ])
    expect(errorsOf(parts).map((error) => runErrorOf(error).code)).toEqual([code])
    expect(finishOf(parts)?.unified).toBe('error')
  })
})

describe('responses', () => {
  it('asks for summaries of reasoning models only, and stores nothing at the provider', async () => {
    const server = await serve([step.text('a')])
    for (const modelId of ['gpt-5-mini', 'o4-mini', 'gpt-5-chat-latest', 'gpt-4.1', 'my-model']) {
      const { model, providerOptions } = open('responses', server, modelId)
      const parts = await Array.fromAsync(
        (await model.doStream(callOptions({ providerOptions }))).stream,
      )
      expect(parts[0]).toEqual({ type: 'stream-start', warnings: [] })
    }
    expect(
      server.requests.map(({ body }) => [body['model'], body['store'], body['reasoning']]),
    ).toEqual([
      ['gpt-5-mini', false, { summary: 'auto' }],
      ['o4-mini', false, { summary: 'auto' }],
      ['gpt-5-chat-latest', false, undefined],
      ['gpt-4.1', false, undefined],
      ['my-model', false, undefined],
    ])
  })

  it('does without summaries for an organisation that may not have them', async () => {
    const refusal = {
      error: {
        message: 'Your organization must be verified to generate reasoning summaries.',
        type: 'invalid_request_error',
        param: 'reasoning.summary',
        code: 'unsupported_value',
      },
    }
    const server = await serve(({ body }) => [
      body['reasoning'] ? step.status(400, refusal) : step.text('Hello'),
    ])
    const { model, providerOptions } = open('responses', server)
    for (let run = 0; run < 2; run += 1) {
      const { stream } = await model.doStream(callOptions({ providerOptions }))
      expect(shapeOf(await Array.fromAsync(stream))).toContain('text-delta Hello')
    }
    expect(server.requests.map(({ body }) => Boolean(body['reasoning']))).toEqual([
      true,
      false,
      false,
    ])
  })

  it('rejects when the first event is an error', async () => {
    const server = await serve([
      step.error({ message: 'No credit', code: 'insufficient_quota' }),
      step.eof(),
    ])
    const error: unknown = await open('responses', server)
      .model.doStream(callOptions())
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(runErrorOf(error)).toEqual({
      code: 'model-rate-limited',
      retryable: false,
      detail: 'No credit',
    })
  })

  it('surfaces response.failed', async () => {
    const parts = await partsOf('responses', [
      step.text('a'),
      step.error({ message: 'Sorry', code: 'server_error', type: 'response.failed' }),
      step.eof(),
    ])
    expect(errorsOf(parts).map((error) => runErrorOf(error))).toEqual([
      { code: 'model-unavailable', retryable: true, detail: 'Sorry' },
    ])
    expect(finishOf(parts)).toEqual({ unified: 'error', raw: 'error' })
  })
})
