import { request } from 'node:http'
import { connect as connectHttp2 } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { createParser } from 'eventsource-parser'
import { WebSocket } from 'ws'
import { z } from 'zod'
import type { TransportId } from './server'

export type ConnectOptions = {
  port: number
  path: string
  lastEventId: string | undefined
  /** Without a delta it is the end. */
  onEvent: (event: { id: string; delta: string | undefined }) => void
}

export type Connection = {
  socket: Socket
  /** Resolves when the connection is over; rejects when there was never an answer. */
  ended: Promise<void>
  close(): void
}

/** Asks for an answer by each transport, on a connection of its own. */
export const connections: Record<TransportId, (options: ConnectOptions) => Connection> = {
  'sse-http1': connectByHttp1,
  'sse-http2': connectByHttp2,
  websocket: (options) => connectByWebSocket(options, false),
  'websocket-deflate': (options) => connectByWebSocket(options, true),
}

function connectByHttp1({ port, path, lastEventId, onEvent }: ConnectOptions): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const parser = parserOf(onEvent)
  const ended = new Promise<void>((resolve, reject) => {
    const headers = { accept: 'text/event-stream', ...cursorHeader(lastEventId) }
    const outgoing = request({ path, headers, createConnection: () => socket })
    outgoing.on('error', reject).on('response', (response) => {
      if (response.statusCode !== 200) return reject(new Error(`status ${response.statusCode}`))
      response.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
      response.on('error', () => {}).on('close', resolve)
    })
    outgoing.end()
  })
  return { socket, ended, close: () => socket.destroy() }
}

function connectByHttp2({ port, path, lastEventId, onEvent }: ConnectOptions): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const session = connectHttp2(`http://127.0.0.1:${port}`, { createConnection: () => socket })
  const parser = parserOf(onEvent)
  const ended = new Promise<void>((resolve, reject) => {
    session.on('error', reject).on('close', resolve)
    const headers = { accept: 'text/event-stream', ...cursorHeader(lastEventId) }
    const stream = session.request({ ':path': path, ...headers })
    stream.setEncoding('utf8').on('data', (text: string) => parser.feed(text))
    stream.on('error', reject).on('end', () => session.close())
  })
  return { socket, ended, close: () => session.destroy() }
}

const chunkSchema = z.object({ type: z.string(), delta: z.string() })
const messageSchema = z.object({ id: z.string(), chunk: chunkSchema.nullable() })

function connectByWebSocket(
  { port, path, lastEventId, onEvent }: ConnectOptions,
  perMessageDeflate: boolean,
): Connection {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  const webSocket = new WebSocket(`ws://127.0.0.1:${port}${path}`, {
    perMessageDeflate,
    createConnection: () => socket,
  })
  const ended = new Promise<void>((resolve, reject) => {
    webSocket.on('open', () => webSocket.send(JSON.stringify({ lastEventId })))
    webSocket.on('message', (text: Buffer) => {
      const { id, chunk } = messageSchema.parse(JSON.parse(text.toString()))
      onEvent({ id, delta: chunk?.delta })
    })
    webSocket.on('error', reject).on('close', () => resolve())
  })
  return { socket, ended, close: () => webSocket.terminate() }
}

function parserOf(onEvent: ConnectOptions['onEvent']) {
  return createParser({
    onEvent({ id = '', data }) {
      const isEnd = data === '[DONE]'
      onEvent({ id, delta: isEnd ? undefined : chunkSchema.parse(JSON.parse(data)).delta })
    },
  })
}

function cursorHeader(lastEventId: string | undefined) {
  return lastEventId === undefined ? {} : { 'last-event-id': lastEventId }
}
