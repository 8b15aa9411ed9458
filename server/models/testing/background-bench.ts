import type {
  LanguageModelV4CallOptions,
  LanguageModelV4StreamPart,
  LanguageModelV4,
} from '@ai-sdk/provider'
import { createOpenAI } from '@ai-sdk/openai'
import { onTestFinished } from 'vitest'
import type { UpstreamRequest } from '@/e2e/upstream/request'
import type { Scenario } from '@/e2e/upstream/scenario'
import { gate, step, type Gate, type Step } from '@/e2e/upstream/steps'
import { startUpstream, type Upstream } from '@/e2e/upstream/upstream'
import { parseEnv } from '../../env'
import { backgroundFetch, type BackgroundCall } from '../background-response'
import { createModelRegistry } from '../model-registry'
import type { ResolvedModel } from '../model-source'
import { createResponseRequests } from '../response-requests'
import { uniformModel } from '../uniform-model'
import { callOptions } from './call-options'

export const models = { object: 'list', data: [{ id: 'gpt-5-mini', object: 'model' }] }

/** A model server until the end of the test. */
export async function serve(scenario: Scenario | Step[]): Promise<Upstream> {
  const upstream = await startUpstream({ apiKey: 'key', models })
  onTestFinished(() => upstream.close())
  upstream.respond(Array.isArray(scenario) ? () => scenario : scenario)
  return upstream
}

/** As one process would open it. */
export async function open(upstream: Upstream, settings: Record<string, string> = {}) {
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

export function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('is missing')
  return value
}

export function backgroundOf({ background }: ResolvedModel) {
  return required(background)
}

export async function partsOf(
  model: LanguageModelV4,
  options: LanguageModelV4CallOptions,
): Promise<LanguageModelV4StreamPart[]> {
  return Array.fromAsync((await model.doStream(options)).stream)
}

export function textOf(parts: readonly LanguageModelV4StreamPart[]): string {
  return parts.map((part) => (part.type === 'text-delta' ? part.delta : '')).join('')
}

export function finishOf(parts: readonly LanguageModelV4StreamPart[]) {
  return parts.find((part) => part.type === 'finish')?.finishReason
}

/** All requests but those for the list of models. */
export function callsOf({ requests }: Upstream): UpstreamRequest[] {
  return requests.filter(({ path }) => path !== '/v1/models')
}

export function pathsOf(upstream: Upstream): string[] {
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

export async function restOf(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>) {
  const rest: LanguageModelV4StreamPart[] = []
  for (let part = await reader.read(); !part.done; part = await reader.read()) rest.push(part.value)
  return rest
}

export const answer = [
  step.reasoning('hm'),
  step.reasoning(' well'),
  step.text('Hello'),
  step.text(', 世界 😀'),
  step.text('\r\n data: x'),
]

export function addressOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : input.toString()
}

/** A model whose connections the test decides about. */
export function modelOver(
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

export async function partsOfCut(steps: Step[], through: typeof fetch = fetch) {
  const upstream = await serve(steps)
  return partsOf(modelOver(upstream, through, { silenceMs: 20 }), callOptions({}))
}

export async function measured(steps: Step[]): Promise<{ first: number; length: number }> {
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
export function rewriting(pattern: RegExp, replacement: string): typeof fetch {
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
export function cutting(bytesMax: number, end: 'closes' | 'breaks' | 'falls silent'): typeof fetch {
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
export async function readingHalf(rest = [step.text('b')]): Promise<HalfRead> {
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
