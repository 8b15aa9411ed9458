import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import { BackgroundResponses, type BackgroundResponse } from './background-responses'
import { chatCompletionsFormat } from './chat-completions-format'
import { stepsOf } from './directives'
import { responsesFormat } from './responses-format'
import { gate, type FinishReason, type Gate, type Step, type Usage } from './steps'
import type { WireFormat, WireWriter } from './wire-format'

export type UpstreamRequest = {
  method: string
  path: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  /** The newest user message, joined. */
  userText: string
  /** Whether the caller hung up before the answer was complete. */
  aborted: boolean
  /** Milliseconds since the epoch. */
  abortedAt: number | undefined
  whenAborted: Promise<void>
}

export type Scenario = (request: UpstreamRequest) => Iterable<Step> | AsyncIterable<Step>

export type Upstream = {
  /** The origin, such as `http://127.0.0.1:41233`. */
  url: string
  /** What OPENAI_BASE_URL is set to. */
  baseUrl: string
  requests: UpstreamRequest[]
  /** The answers in background mode, those that were forgotten included. */
  responses(): BackgroundResponse[]
  /** Lets a background response expire: unknown from now on, its connections reset. */
  forget(responseId: string): void
  /** Decides every answer from now on; without it the user's text does (directives.ts). */
  respond(scenario: Scenario): void
  /** The gate that `hold: name` waits for. */
  gate(name: string): Gate
  /** Resolves with the request once it has come. Counts from 0. */
  request(index: number): Promise<UpstreamRequest>
  close(): Promise<void>
}

export type UpstreamOptions = {
  port?: number
  models?: unknown
  /** Requests without this bearer key are refused, in OpenAI's words, which echo the key. */
  apiKey?: string
  /** Between the tokens of the answers that the user's text scripts. */
  intervalMs?: number
}

const formats: Record<string, WireFormat> = {
  '/v1/responses': responsesFormat,
  '/v1/chat/completions': chatCompletionsFormat,
}

/**
 * A model server for tests on loopback: OpenAI's Responses and chat-completions streams over real sockets, with faults
 * on demand. Tests in other processes open gates by `POST /control/open/{name}`, let background responses expire by
 * `POST /control/forget/{id}`, and read `GET /control/requests`, which tells both requests and background responses.
 *
 * With `background: true` the Responses API keeps the answer and writes on without a connection: `reset` and `eof` then cut
 * only who is connected.
 */
export async function startUpstream(options: UpstreamOptions = {}): Promise<Upstream> {
  const gates = new Map<string, Gate>()
  const requests: UpstreamRequest[] = []
  const arrivals: Gate[] = []
  const background = new BackgroundResponses()
  const gateOf = (name: string) => getOrCreate(gates, name)
  const arrivalOf = (index: number) => (arrivals[index] ??= gate())
  let scenario: Scenario = ({ userText }) =>
    stepsOf(userText, { intervalMs: options.intervalMs ?? 20, gate: gateOf })

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(incoming, response)
    if (request.path.startsWith('/control/'))
      return control({ request, response, requests, background, gateOf })
    requests.push(request)
    arrivalOf(requests.length - 1).open()
    if (options.apiKey && request.headers.authorization !== `Bearer ${options.apiKey}`) {
      return sendJson(response, 401, keyRejected(request.headers.authorization))
    }
    if (request.method === 'GET' && request.path === '/v1/models') {
      return sendJson(response, 200, options.models ?? defaultModels)
    }
    if (request.path.startsWith('/v1/responses/')) return serveKept(request, response, background)
    const format = formats[request.path]
    if (!format || request.method !== 'POST')
      return sendJson(response, 404, { error: { message: 'Not found' } })
    if (format === responsesFormat && request.body['background'] === true)
      return answerInBackground(request, response, background, scenario)
    await answer(request, response, format, scenario)
  }

  // A fault of the upstream itself ends the request, so that the test sees it.
  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) =>
      response.destroy(error instanceof Error ? error : undefined),
    )
  })
  server.listen(options.port ?? 0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const url = `http://127.0.0.1:${port}`

  return {
    url,
    baseUrl: `${url}/v1`,
    requests,
    responses: () => background.all(),
    forget: (responseId) => background.forget(responseId),
    respond: (next) => {
      scenario = next
    },
    gate: gateOf,
    request: async (index) => {
      await arrivalOf(index).opened
      const request = requests[index]
      if (!request) throw new Error(`request ${index} did not come`)
      return request
    },
    close: async () => {
      background.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const defaultModels = {
  object: 'list',
  data: ['test-model', 'test-reasoner', 'text-embedding-test'].map((id) => ({
    id,
    object: 'model',
  })),
}

async function answer(
  request: UpstreamRequest,
  response: ServerResponse,
  format: WireFormat,
  scenario: Scenario,
) {
  const streaming = request.body['stream'] === true
  const answering = streaming
    ? new StreamedAnswer(request, response, format)
    : new WholeAnswer(request, response, format)
  const steps = iteratorOf(scenario(request))
  while (!request.aborted) {
    const next = await Promise.race([steps.next(), request.whenAborted])
    if (!next || next.done) break
    if ((await answering.perform(next.value)) === 'ended') return
  }
  if (!request.aborted)
    await answering.perform({ type: 'finish', reason: 'stop', usage: undefined })
}

/** The first step may be a status; from then on it writes on by itself, and this request is its first reader. */
async function answerInBackground(
  request: UpstreamRequest,
  response: ServerResponse,
  background: BackgroundResponses,
  scenario: Scenario,
): Promise<void> {
  if (request.body['store'] === false || request.body['stream'] !== true)
    return sendJson(response, 400, {
      error: { message: 'Background mode is scripted with `store` and `stream`.' },
    })
  const steps = iteratorOf(scenario(request))
  const first = await steps.next()
  if (!first.done && first.value.type === 'status') {
    const { code, body, headers } = first.value
    return sendJson(response, code, body, headers)
  }
  const kept = background.create(request.body)
  await Promise.all([kept.write(first, steps), kept.stream(response, -1)])
}

/** `GET /v1/responses/{id}`, with `stream` and `starting_after`, and `POST /v1/responses/{id}/cancel`. */
async function serveKept(
  { method, path, query }: UpstreamRequest,
  response: ServerResponse,
  background: BackgroundResponses,
): Promise<void> {
  const [, , , id = '', action] = path.split('/')
  const kept = background.get(decodeURIComponent(id))
  if (!kept)
    return sendJson(response, 404, { error: { message: `Response with id '${id}' not found.` } })
  if (method === 'GET' && query['stream'] === 'true')
    return kept.stream(response, Number(query['starting_after'] ?? -1))
  if (method === 'POST' && action === 'cancel') kept.cancel()
  sendJson(response, 200, kept.object)
}

/** Performs steps on one response; `ended` when nothing may follow. */
abstract class Answer {
  protected readonly request: UpstreamRequest
  protected readonly response: ServerResponse
  #textTokens = 0
  #reasoningTokens = 0

  constructor(request: UpstreamRequest, response: ServerResponse) {
    this.request = request
    this.response = response
  }

  async perform(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'wait') {
      await this.#wait(step.until)
      return 'open'
    }
    if (step.type === 'status') {
      sendJson(this.response, step.code, step.body, step.headers)
      return 'ended'
    }
    if (step.type === 'half-close') {
      this.response.socket?.end()
      return 'ended'
    }
    if (step.type === 'reset') {
      this.response.socket?.resetAndDestroy()
      return 'ended'
    }
    if (step.type === 'text') this.#textTokens += 1
    if (step.type === 'reasoning') this.#reasoningTokens += 1
    return this.write(step)
  }

  protected abstract write(step: Step): Promise<'ended' | 'open'>

  protected usage(): Usage {
    return {
      input: Math.ceil(JSON.stringify(this.request.body).length / 4),
      cached: 0,
      output: this.#textTokens + this.#reasoningTokens,
      reasoning: this.#reasoningTokens,
    }
  }

  async #wait(until: Promise<unknown> | number): Promise<void> {
    const cancel = new AbortController()
    const waited =
      typeof until === 'number'
        ? delay(until, undefined, { signal: cancel.signal }).catch(() => {})
        : until
    await Promise.race([waited, this.request.whenAborted])
    cancel.abort()
  }
}

class StreamedAnswer extends Answer {
  readonly #writer: WireWriter
  #started = false
  #pieceBytes = Number.POSITIVE_INFINITY

  constructor(request: UpstreamRequest, response: ServerResponse, format: WireFormat) {
    super(request, response)
    this.#writer = format.writer(request.body)
  }

  protected async write(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'split') {
      this.#pieceBytes = step.bytes
      return 'open'
    }
    if (!this.#started) await this.#start()
    if (step.type !== 'eof') await this.#send(this.#wireOf(step))
    const ended = step.type === 'eof' || step.type === 'finish'
    if (ended) this.response.end()
    return ended ? 'ended' : 'open'
  }

  #wireOf(step: Step): Uint8Array | string {
    if (step.type === 'text') return this.#writer.text(step.delta)
    if (step.type === 'reasoning') return this.#writer.reasoning(step.delta)
    if (step.type === 'error') return this.#writer.error(step.error)
    if (step.type === 'malformed') return `data: ${step.payload}\n\n`
    if (step.type === 'raw') return step.bytes
    if (step.type === 'finish') return this.#writer.finish(step.reason, step.usage ?? this.usage())
    return ''
  }

  async #start(): Promise<void> {
    this.#started = true
    this.response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    this.response.flushHeaders()
    await this.#send(this.#writer.start())
  }

  async #send(wire: Uint8Array | string): Promise<void> {
    const bytes = Buffer.from(wire)
    for (let at = 0; at < bytes.length && !this.request.aborted; at += this.#pieceBytes) {
      const accepted = this.response.write(bytes.subarray(at, at + this.#pieceBytes))
      if (!accepted) await Promise.race([once(this.response, 'drain'), this.request.whenAborted])
      // A turn between the pieces, or they would leave in one packet.
      if (Number.isFinite(this.#pieceBytes)) await nextTurn()
    }
  }
}

class WholeAnswer extends Answer {
  readonly #format: WireFormat
  #text = ''
  #reasoning = ''

  constructor(request: UpstreamRequest, response: ServerResponse, format: WireFormat) {
    super(request, response)
    this.#format = format
  }

  protected async write(step: Step): Promise<'ended' | 'open'> {
    if (step.type === 'text') this.#text += step.delta
    else if (step.type === 'reasoning') this.#reasoning += step.delta
    else if (step.type === 'error') return this.#end(500, { error: step.error })
    else if (step.type === 'malformed') return this.#end(200, step.payload)
    else if (step.type === 'finish') return this.#end(200, this.#whole(step.reason, step.usage))
    return 'open'
  }

  #whole(reason: FinishReason, usage: Usage | undefined): unknown {
    return this.#format.whole(this.request.body, {
      text: this.#text,
      reasoning: this.#reasoning,
      reason,
      usage: usage ?? this.usage(),
    })
  }

  #end(code: number, body: unknown): 'ended' {
    sendJson(this.response, code, body)
    return 'ended'
  }
}

async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<UpstreamRequest> {
  const aborted = Promise.withResolvers<void>()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = parseBody(Buffer.concat(chunks).toString('utf8'))
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
  const request: UpstreamRequest = {
    method: incoming.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: incoming.headers,
    body,
    userText: userTextOf(body),
    aborted: false,
    abortedAt: undefined,
    whenAborted: aborted.promise,
  }
  response.on('close', () => {
    if (response.writableFinished) return
    request.aborted = true
    request.abortedAt = Date.now()
    aborted.resolve()
  })
  return request
}

type ControlOptions = {
  request: UpstreamRequest
  response: ServerResponse
  requests: UpstreamRequest[]
  background: BackgroundResponses
  gateOf: (name: string) => Gate
}

function control({ request, response, requests, background, gateOf }: ControlOptions): void {
  const [, , action, name] = request.path.split('/')
  if (action === 'open' && name) gateOf(decodeURIComponent(name)).open()
  if (action === 'forget' && name) background.forget(decodeURIComponent(name))
  sendJson(response, 200, { requests, responses: background.all() })
}

function keyRejected(authorization = '') {
  const message = `Incorrect API key provided: ${authorization.replace('Bearer ', '')}. You can find your API key in your account.`
  return { error: { message, type: 'invalid_request_error', param: null, code: 'invalid_api_key' } }
}

function sendJson(
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

function parseBody(text: string): Record<string, unknown> {
  if (!text) return {}
  const body: unknown = JSON.parse(text)
  return isRecord(body) ? body : {}
}

function userTextOf(body: Record<string, unknown>): string {
  const messages = Array.isArray(body['messages']) ? body['messages'] : body['input']
  if (!Array.isArray(messages)) return ''
  const newest = messages.filter(isRecord).findLast(({ role }) => role === 'user')
  const content = newest?.['content']
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .filter(isRecord)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function iteratorOf(steps: Iterable<Step> | AsyncIterable<Step>): {
  next(): Promise<IteratorResult<Step>>
} {
  if (Symbol.asyncIterator in steps) {
    const iterator = steps[Symbol.asyncIterator]()
    return { next: () => iterator.next() }
  }
  const iterator = steps[Symbol.iterator]()
  return { next: async () => iterator.next() }
}

function getOrCreate(gates: Map<string, Gate>, name: string): Gate {
  const found = gates.get(name) ?? gate()
  gates.set(name, found)
  return found
}
