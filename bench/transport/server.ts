import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { createServer as createHttp2Server, type Http2Server } from 'node:http2'
import { WebSocketServer, type WebSocket } from 'ws'
import { z } from 'zod'
import { serveCommands } from '../processes/commands'
import { Answers, type AnswerEvent } from './answers'

/** The same answers by every transport, each with as little around it as its Node library needs. */
const answers = new Answers()
const runKey = 'k3x9f2'

const headers = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-cache, no-transform',
  'x-accel-buffering': 'no',
}

const askSchema = z.object({ id: z.string(), tokens: z.coerce.number(), after: z.coerce.number() })
type Ask = z.infer<typeof askSchema>

/** `/answer?id=…&tokens=…`, and the id of the last event from wherever the transport has it. */
function askOf(path: string | undefined, lastEventId: string | string[] | undefined): Ask {
  const query = new URL(path ?? '', 'http://localhost').searchParams
  const after = String(lastEventId ?? `${runKey}.0`).split('.')[1]
  return askSchema.parse({ id: query.get('id'), tokens: query.get('tokens'), after })
}

function sseOf(events: readonly AnswerEvent[]): string {
  return events.map(({ seq, payload }) => `id: ${runKey}.${seq}\ndata: ${payload}\n\n`).join('')
}

const isEnd = (events: readonly AnswerEvent[]) => events.at(-1)?.payload === '[DONE]'

function serveHttp1(): Server {
  return createServer((request, response) => {
    response.writeHead(200, headers)
    const stop = answers.follow({
      ...askOf(request.url, request.headers['last-event-id']),
      listen(events) {
        response.write(sseOf(events))
        if (isEnd(events)) response.end()
      },
    })
    response.on('close', stop)
  })
}

function serveHttp2(): Http2Server {
  return createHttp2Server().on('stream', (stream, request) => {
    stream.respond({ ':status': 200, ...headers })
    const stop = answers.follow({
      ...askOf(request[':path'], request['last-event-id']),
      listen(events) {
        stream.write(sseOf(events))
        if (isEnd(events)) stream.end()
      },
    })
    stream.on('error', stop).on('close', stop)
  })
}

function serveWebSocket(perMessageDeflate: boolean | { threshold: number }): Server {
  // Like any server that is asked over plain HTTP for what it only has as a WebSocket.
  const server = createServer((_, response) => void response.writeHead(426).end())
  new WebSocketServer({ server, perMessageDeflate }).on('connection', (socket, request) => {
    socket.once('message', (hello: Buffer) => {
      const { lastEventId } = helloSchema.parse(JSON.parse(hello.toString()))
      followBySocket(socket, askOf(request.url, lastEventId))
    })
  })
  return server
}

const helloSchema = z.object({ lastEventId: z.string().optional() })

function followBySocket(socket: WebSocket, ask: Ask): void {
  const stop = answers.follow({
    ...ask,
    listen(events) {
      for (const { seq, payload } of events)
        socket.send(`{"id":"${runKey}.${seq}","chunk":${payload === '[DONE]' ? null : payload}}`)
      if (isEnd(events)) socket.close()
    },
  })
  socket.on('error', stop).on('close', stop)
}

const servers = {
  'sse-http1': serveHttp1(),
  'sse-http2': serveHttp2(),
  websocket: serveWebSocket(false),
  'websocket-deflate': serveWebSocket({ threshold: 0 }),
}

export type TransportId = keyof typeof servers

const commands = {
  async listen(id: TransportId): Promise<number> {
    const server = servers[id]
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const address = server.address()
    return typeof address === 'object' && address ? address.port : 0
  },
  sha256: (id: string) => answers.sha256(id),
  clear: () => answers.clear(),
  rssBytes: () => process.memoryUsage.rss(),
}

export type TransportServerCommands = typeof commands
serveCommands(commands)
