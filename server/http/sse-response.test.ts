import { createServer, type ServerResponse } from 'node:http'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { pipeToNodeResponse } from 'next/dist/server/pipe-readable'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { encodeEvent } from '@/shared/stream/encode-event'
import { createSseParser } from '@/shared/stream/sse-parser'
import { createMetrics } from '../metrics/prometheus'
import { destroyStalledSockets } from './stalled-sockets'
import { sseResponse, type SseOptions } from './sse-response'

const runKey = 'abcdefghij'
const limits = { keepAliveMs: 40, stalledMs: 400, recheckMs: 10_000 }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup()
})

/** `sseResponse` behind a real socket, written to it as Next does. */
async function serve(options: (after: number) => Partial<SseOptions>) {
  const metrics = createMetrics()
  const responses: ServerResponse[] = []
  const server = createServer((request, response) => {
    const after = Number(String(request.headers['last-event-id'] ?? '').split('.')[1] ?? 0)
    const { body, headers } = sseResponse({
      frames: () => events([]),
      signal: new AbortController().signal,
      mayRead: () => Promise.resolve(true),
      reader: { kind: 'run', resumed: after > 0 },
      metrics,
      limits,
      ...options(after),
    })
    responses.push(response.setHeaders(headers))
    if (body) void pipeToNodeResponse(body, response).catch(() => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanups.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()))
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}/`, responses, metrics }
}

/** Sends a request by hand and reads nothing of the answer until it is told to. */
async function openUnread(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  cleanups.push(() => socket.destroy())
  socket.pause()
  socket.write('GET / HTTP/1.1\r\nhost: rivulet\r\n\r\n')
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket
}

/** What has arrived complete: the text, the last id, and whether the stream has ended by itself. */
function read(text: string) {
  const seen = { text: '', lastEventId: '', done: false, comments: 0 }
  const parser = createSseParser({
    onEvent({ data, id }) {
      seen.lastEventId = id
      if (data === '[DONE]') seen.done = true
      else seen.text += JSON.parse(data).delta
    },
    onComment: () => seen.comments++,
  })
  parser.feed(text)
  return seen
}

const encoder = new TextEncoder()

async function* events(deltas: readonly string[], after = 0) {
  for (const [index, delta] of deltas.entries()) {
    const event = { seq: index + 1, chunk: { type: 'text-delta', id: 't', delta } } as const
    if (event.seq > after) yield encoder.encode(encodeEvent(runKey, event))
  }
  yield encoder.encode(encodeEvent(runKey, { seq: deltas.length + 1, end: 'done' }))
}

async function valueOf(metrics: ReturnType<typeof createMetrics>, series: string): Promise<number> {
  const line = (await metrics.expose()).text.split('\n').find((each) => each.startsWith(series))
  return Number(line?.split(' ').at(-1))
}

const long = Array.from({ length: 400 }, (_, index) => `${index} `.padEnd(64 * 1024, 'x'))

describe('row 22: a reader that does not read', () => {
  it('holds up nobody, is let go, and comes back for the rest', async () => {
    const { port, url, responses, metrics } = await serve((after) => ({
      frames: () => events(long, after),
    }))
    const stalled = await openUnread(port)
    await vi.waitFor(() => expect(responses[0]?.writableNeedDrain).toBe(true), { interval: 5 })

    const fast = await Promise.all([1, 2, 3].map(async () => (await fetch(url)).text()))
    for (const text of fast) expect(read(text)).toMatchObject({ text: long.join(''), done: true })

    await vi.waitFor(async () =>
      expect(await valueOf(metrics, 'rivulet_readers_dropped_total{reason="stalled"}')).toBe(1),
    )
    expect(await valueOf(metrics, 'rivulet_readers{kind="run"}')).toBe(0)

    const chunks: Buffer[] = []
    stalled.on('data', (chunk: Buffer) => chunks.push(chunk)).resume()
    await new Promise((resolve) => stalled.once('close', resolve))
    const first = read(bodyOf(Buffer.concat(chunks)))
    expect(first.done).toBe(false)
    expect(first.text.length).toBeLessThan(long.join('').length)

    const rest = await fetch(url, { headers: { 'last-event-id': first.lastEventId } })
    const second = read(await rest.text())
    expect(first.text + second.text).toBe(long.join(''))
    expect(second.done).toBe(true)
    expect(await valueOf(metrics, 'rivulet_reconnects_total')).toBe(1)
  })

  it('makes nothing pile up for it', async () => {
    let taken = 0
    const { port, responses } = await serve(() => ({
      limits: { ...limits, stalledMs: 60_000 },
      async *frames() {
        for await (const frame of events(long)) {
          taken++
          yield frame
        }
      },
    }))
    await openUnread(port)
    await vi.waitFor(() => expect(responses[0]?.writableNeedDrain).toBe(true), { interval: 5 })
    const takenWhenFull = taken
    await delay(limits.keepAliveMs * 3)

    expect(taken - takenWhenFull).toBeLessThanOrEqual(2)
    expect(responses[0]?.writableLength).toBeLessThan(3 * 64 * 1024)
  })

  it('loses its socket too, although that is full', async () => {
    cleanups.push(destroyStalledSockets(600))
    const { port, responses } = await serve(() => ({ frames: () => events(long) }))
    await openUnread(port)
    await vi.waitFor(() => expect(responses[0]?.writableNeedDrain).toBe(true), { interval: 5 })
    expect(responses[0]?.destroyed).toBe(false)

    await vi.waitFor(() => expect(responses[0]?.destroyed).toBe(true), { timeout: 5000 })
  })
})

it('lets a slow reader read, however slowly, while it takes what it is given', async () => {
  const deltas = Array.from({ length: 300 }, (_, index) => `${index} `)
  const { port, metrics } = await serve(() => ({
    limits: { ...limits, stalledMs: 80 },
    frames: () => events(deltas),
  }))
  const slow = await openUnread(port)
  const chunks: Buffer[] = []
  for (let ended = false; !ended; await delay(10)) {
    const chunk = slow.read(1024) ?? slow.read()
    if (chunk) chunks.push(chunk)
    ended = Buffer.concat(chunks).includes('[DONE]')
  }

  expect(read(bodyOf(Buffer.concat(chunks)))).toMatchObject({ text: deltas.join(''), done: true })
  expect(await valueOf(metrics, 'rivulet_readers_dropped_total{reason="stalled"}')).toBe(0)
})

it('fills silence with comments, and never drops a reader for the silence of the model', async () => {
  const speak = Promise.withResolvers<void>()
  const { url, metrics } = await serve(() => ({
    limits: { ...limits, stalledMs: limits.keepAliveMs },
    async *frames() {
      await speak.promise
      yield* events(['at last'])
    },
  }))
  const response = await fetch(url)
  await delay(limits.keepAliveMs * 4.5)
  speak.resolve()
  const seen = read(await response.text())

  expect(seen).toMatchObject({ text: 'at last', done: true })
  expect(seen.comments).toBeGreaterThanOrEqual(4)
  expect(seen.comments).toBeLessThanOrEqual(6)
  expect(await valueOf(metrics, 'rivulet_readers_dropped_total{reason="stalled"}')).toBe(0)
})

describe('row 31: a reader that may no longer read', () => {
  it('is cut without the marker, even while events flow', async () => {
    let allowed = true
    const { url, metrics } = await serve(() => ({
      limits: { ...limits, recheckMs: 30 },
      mayRead: () => Promise.resolve(allowed),
      async *frames(signal) {
        for await (const frame of events(Array.from({ length: 10_000 }, () => 'x'))) {
          if (signal.aborted) return
          yield frame
          await delay(1)
        }
      },
    }))
    const response = await fetch(url)
    await delay(100)
    expect(await valueOf(metrics, 'rivulet_readers{kind="run"}')).toBe(1)
    allowed = false
    const seen = read(await response.text())

    expect(seen.text.length).toBeGreaterThan(0)
    expect(seen.done).toBe(false)
    expect(await valueOf(metrics, 'rivulet_readers{kind="run"}')).toBe(0)
    expect(await valueOf(metrics, 'rivulet_readers_dropped_total{reason="stalled"}')).toBe(0)
  })

  it('is cut while nothing flows', async () => {
    const { url } = await serve(() => ({
      limits: { ...limits, recheckMs: 30 },
      mayRead: () => Promise.resolve(false),
      async *frames(signal) {
        await new Promise((resolve) => signal.addEventListener('abort', resolve))
        yield* []
      },
    }))
    expect(read(await (await fetch(url)).text())).toMatchObject({ text: '', done: false })
  })
})

it('counts a reader until it leaves, and lets go of what it read from', async () => {
  const released = Promise.withResolvers<void>()
  const { url, metrics } = await serve(() => ({
    async *frames(signal) {
      yield* events(['a'])
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
      released.resolve()
    },
  }))
  const reading = new AbortController()
  const response = await fetch(url, { signal: reading.signal })
  await response.body?.getReader().read()
  expect(await valueOf(metrics, 'rivulet_readers{kind="run"}')).toBe(1)
  reading.abort()
  await released.promise

  expect(await valueOf(metrics, 'rivulet_readers{kind="run"}')).toBe(0)
})

it('watches nobody when the body is never read, as with HEAD', async () => {
  const metrics = createMetrics()
  sseResponse({
    frames: () => events(['a']),
    signal: new AbortController().signal,
    mayRead: () => Promise.reject(new Error('Nobody reads.')),
    reader: { kind: 'events', resumed: false },
    metrics,
    limits: { keepAliveMs: 1, stalledMs: 1, recheckMs: 1 },
  })
  await delay(20)
  expect(await valueOf(metrics, 'rivulet_readers{kind="events"}')).toBe(0)
  expect(await valueOf(metrics, 'rivulet_readers_dropped_total{reason="stalled"}')).toBe(0)
})

/** The body of an HTTP/1.1 answer in chunks, as far as it has come. */
function bodyOf(answer: Buffer): string {
  const decoder = new TextDecoder()
  let position = answer.indexOf('\r\n\r\n') + 4
  let text = ''
  while (position < answer.length) {
    const lineEnd = answer.indexOf('\r\n', position)
    if (lineEnd < 0) break
    const length = Number.parseInt(answer.toString('latin1', position, lineEnd), 16)
    if (!length) break
    text += decoder.decode(answer.subarray(lineEnd + 2, lineEnd + 2 + length), { stream: true })
    position = lineEnd + 2 + length + 2
  }
  return text
}
