import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { StreamChunk } from '@/shared/stream/stream-event'
import type { Fetch } from '../api/http'

export type Exchange = {
  method: string
  path: string
  lastEventId: string | undefined
  body: unknown
  response: ServerResponse
  /** Resolves when the client has let go, or the response is over. */
  closed: Promise<unknown>
}

export type FakeServer = {
  fetch: Fetch
  /** Every request so far, oldest first. */
  readonly exchanges: Exchange[]
  /** Resolves with the nth request, counted from 1, of those whose method and path match. */
  request: (pattern: RegExp, nth?: number) => Promise<Exchange>
  close: () => Promise<void>
}

/** A server on a real socket of loopback that answers as the test says. */
export async function startFakeServer(answer: (exchange: Exchange) => void): Promise<FakeServer> {
  const exchanges: Exchange[] = []
  const arrivals = new Set<() => void>()
  const server = createServer((request, response) => {
    void readExchange(request, response).then((exchange) => {
      exchanges.push(exchange)
      for (const arrived of arrivals) arrived()
      answer(exchange)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // A server that listens on TCP has an address of this kind.
  const { port } = server.address() as AddressInfo

  return {
    exchanges,
    fetch: (path, init) => fetch(`http://127.0.0.1:${port}${path}`, init),
    request: (pattern, nth = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = exchanges.filter(({ method, path }) => pattern.test(`${method} ${path}`))
          const exchange = found[nth - 1]
          if (!exchange) return
          arrivals.delete(look)
          resolve(exchange)
        }
        arrivals.add(look)
        look()
      }),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readExchange(request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const { method = '', url = '', headers } = request
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece))
  const text = Buffer.concat(pieces).toString()
  const lastEventId = headers['last-event-id']
  return {
    method,
    path: url,
    lastEventId: typeof lastEventId === 'string' ? lastEventId : undefined,
    body: text === '' ? undefined : JSON.parse(text),
    response,
    closed: once(response, 'close'),
  }
}

/** A run as the server sends it: `events[n]` has seq n + 1, and the last is the terminal marker. */
export type FakeRun = { runId: string; events: string[]; preamble: string }

export function fakeRun(runId: string, chunks: readonly StreamChunk[]): FakeRun {
  const runKey = runId.replaceAll('-', '').slice(-10)
  const data = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]']
  return {
    runId,
    preamble: 'retry: 0\n: ok\n\n',
    events: data.map((line, index) => `id: ${runKey}.${index + 1}\ndata: ${line}\n\n`),
  }
}

/** What a client that has seen `lastEventId` is still to get. */
export function bytesAfter(run: FakeRun, lastEventId: string | undefined): Buffer {
  const seq = Number(lastEventId?.split('.')[1] ?? 0)
  return Buffer.from(run.preamble + run.events.slice(seq).join(''))
}

export function openStream({ response }: Exchange, run: FakeRun): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache, no-transform',
    'x-run-id': run.runId,
  })
  response.flushHeaders()
}

/** Sends the bytes, then breaks the connection in the middle of the response. */
export function sendAndCut({ response }: Exchange, bytes: Buffer): void {
  if (bytes.length === 0) return void response.socket?.destroy()
  response.write(bytes, () => response.socket?.destroy())
}

export function answerJson({ response }: Exchange, value: unknown, status = 200): void {
  const contentType = status < 400 ? 'application/json' : 'application/problem+json'
  response.writeHead(status, { 'content-type': contentType })
  response.end(JSON.stringify(value))
}

export function answerProblem(exchange: Exchange, status: number, code: string, extra = {}): void {
  answerJson(
    exchange,
    { title: code, status, code, detail: `It is ${code}.`, requestId: 'r1', ...extra },
    status,
  )
}

export function answerNothing({ response }: Exchange): void {
  response.writeHead(204).end()
}
