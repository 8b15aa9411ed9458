import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { answer } from './answer'
import { answerInBackground, serveKept } from './background-answer'
import { BackgroundResponses, type BackgroundResponse } from './background-responses'
import { chatCompletionsFormat } from './chat-completions-format'
import { stepsOf } from './directives'
import { readRequest, type UpstreamRequest } from './request'
import { responsesFormat } from './responses-format'
import type { Scenario } from './scenario'
import { sendJson } from './send-json'
import { gate, type Gate } from './steps'
import type { WireFormat } from './wire-format'

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

function getOrCreate(gates: Map<string, Gate>, name: string): Gate {
  const found = gates.get(name) ?? gate()
  gates.set(name, found)
  return found
}
