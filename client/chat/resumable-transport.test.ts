import type { UIMessageChunk } from 'ai'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChatMessage } from '@/shared/chat/message'
import type { StreamChunk } from '@/shared/stream/stream-event'
import { ProblemError } from '../api/http'
import { browserTimers, type Timers } from '../stream/timers'
import { createFakePage } from '../testing/fake-page'
import {
  answerNothing,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  sendAndCut,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from '../testing/fake-server'
import { createFakeTimers } from '../testing/fake-timers'
import { until } from '../testing/until'
import {
  createResumableTransport,
  type ConnectionState,
  type LostReason,
} from './resumable-transport'

const text = ['Grüße', ' 你好\n\n', '👩‍💻\u2028', ' data: x\n', 'end\0']
const chunks: StreamChunk[] = [
  { type: 'start', messageId: 'answer', messageMetadata: { status: 'running', createdAt: 1 } },
  { type: 'text-start', id: 't' },
  ...text.map((delta) => ({ type: 'text-delta' as const, id: 't', delta })),
  { type: 'text-end', id: 't' },
  { type: 'finish', messageMetadata: { status: 'done', createdAt: 1 } },
]
const run = fakeRun('0190-aaaa-bbbb-cccccccc0001', chunks)

/** Short, because it is cut at each of its bytes, and each cut costs two connections. */
const shortChunks: StreamChunk[] = [
  { type: 'start', messageId: 'a' },
  { type: 'text-start', id: 't' },
  { type: 'text-delta', id: 't', delta: 'ü你' },
  { type: 'text-delta', id: 't', delta: '👩‍💻\u2028' },
  { type: 'finish' },
]
const shortRun = fakeRun('0190-aaaa-bbbb-cccccccc0001', shortChunks)
const shortBytes = bytesAfter(shortRun, undefined)

const userMessage: ChatMessage = { id: 'u1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }
const earlier: ChatMessage = { id: 'u0', role: 'user', parts: [{ type: 'text', text: 'Before' }] }

let server: FakeServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

async function setUp(
  answer: (exchange: Exchange, count: number) => void,
  { timers = browserTimers, random = () => 0 }: { timers?: Timers; random?: () => number } = {},
) {
  const counts = new Map<string, number>()
  const started = await startFakeServer((exchange) => {
    const count = (counts.get(exchange.method) ?? 0) + 1
    counts.set(exchange.method, count)
    answer(exchange, count)
  })
  server = started
  const page = createFakePage()
  const states: ConnectionState[] = []
  const lost: LostReason[] = []
  const accepted: (string | undefined)[] = []
  const transport = createResumableTransport({
    fetch: started.fetch,
    timers,
    page: page.page,
    random,
    hooks: {
      onConnection: (state) => void states.push(state),
      onAccepted: (runId) => void accepted.push(runId),
      onLost: (reason) => void lost.push(reason),
    },
  })
  const abort = new AbortController()
  const send = (trigger: 'submit-message' | 'regenerate-message' = 'submit-message') =>
    transport.sendMessages({
      trigger,
      chatId: 'c1',
      messageId: trigger === 'regenerate-message' ? 'answer' : undefined,
      messages: [earlier, userMessage],
      abortSignal: abort.signal,
      body: { model: { provider: 'demo', id: 'm' } },
    })
  const resume = () => transport.reconnectToStream({ chatId: 'c1', abortSignal: abort.signal })
  return { server: started, transport, page, states, lost, accepted, abort, send, resume }
}

function streamWhole(exchange: Exchange) {
  openStream(exchange, run)
  exchange.response.end(bytesAfter(run, exchange.lastEventId))
}

async function collect(stream: ReadableStream<UIMessageChunk> | null): Promise<UIMessageChunk[]> {
  const collected: UIMessageChunk[] = []
  const reader = (stream ?? new ReadableStream<UIMessageChunk>()).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read())
    collected.push(next.value)
  return collected
}

describe('a stream that spans connections', () => {
  it('sends the newest user message, the model and never the history', async () => {
    const {
      send,
      server: { exchanges },
      accepted,
    } = await setUp(streamWhole)
    expect(await collect(await send())).toEqual(chunks)
    expect(exchanges[0]?.body).toEqual({
      id: 'c1',
      trigger: 'submit-message',
      message: userMessage,
      model: { provider: 'demo', id: 'm' },
    })
    expect(accepted).toEqual([run.runId])
  })

  it('names the answer to regenerate', async () => {
    const {
      send,
      server: { exchanges },
    } = await setUp(streamWhole)
    await collect(await send('regenerate-message'))
    expect(exchanges[0]?.body).toEqual({
      id: 'c1',
      trigger: 'regenerate-message',
      messageId: 'answer',
      model: { provider: 'demo', id: 'm' },
    })
  })

  it('is whole wherever the first connection is cut', async () => {
    let cutAt = 0
    const { send, lost } = await setUp((exchange) => {
      openStream(exchange, shortRun)
      if (exchange.method === 'POST') sendAndCut(exchange, shortBytes.subarray(0, cutAt))
      else exchange.response.end(bytesAfter(shortRun, exchange.lastEventId))
    })
    for (cutAt = 0; cutAt < shortBytes.length; cutAt += 1) {
      expect(await collect(await send())).toEqual(shortChunks)
    }
    expect(lost).toEqual([])
  })

  it('is whole when every connection is cut after a few bytes', async () => {
    const { send } = await setUp((exchange, count) => {
      openStream(exchange, run)
      sendAndCut(exchange, bytesAfter(run, exchange.lastEventId).subarray(0, 110 + count * 7))
    })
    expect(await collect(await send())).toEqual(chunks)
  })

  it('takes a clean end without the marker for a cut', async () => {
    const {
      send,
      server: { exchanges },
      states,
    } = await setUp((exchange) => {
      openStream(exchange, run)
      const isFirst = exchange.method === 'POST'
      exchange.response.end(
        isFirst ? run.events.slice(0, 4).join('') : bytesAfter(run, exchange.lastEventId),
      )
    })
    expect(await collect(await send())).toEqual(chunks)
    expect(exchanges[1]).toMatchObject({
      method: 'GET',
      path: '/api/chat/c1/stream',
      lastEventId: 'cccccc0001.4',
    })
    expect(states).toEqual(['connecting', 'open', 'reconnecting', 'open', 'idle'])
  })

  it('drops events it has', async () => {
    const { send } = await setUp((exchange) => {
      openStream(exchange, run)
      const isFirst = exchange.method === 'POST'
      exchange.response.end(run.events.slice(0, isFirst ? 5 : undefined).join(''))
    })
    expect(await collect(await send())).toEqual(chunks)
  })

  it('skips malformed lines and counts them', async () => {
    const { send, transport } = await setUp((exchange) => {
      openStream(exchange, run)
      exchange.response.write('id: cccccc0001.1\ndata: {"type":\n\n')
      exchange.response.write('id: cccccc0001.2\ndata: 7\n\n')
      exchange.response.end(run.events.slice(2).join(''))
    })
    expect(await collect(await send())).toEqual(chunks.slice(2))
    expect(transport.malformedCount).toBe(2)
  })

  it('swallows an error chunk once the message says that it failed', async () => {
    const failed: StreamChunk = {
      type: 'message-metadata',
      messageMetadata: { status: 'failed', createdAt: 1 },
    }
    const failing = fakeRun(run.runId, [failed, { type: 'error', errorText: 'no' }])
    const { send } = await setUp((exchange) => {
      openStream(exchange, failing)
      exchange.response.end(bytesAfter(failing, undefined))
    })
    expect(await collect(await send())).toEqual([failed])
  })

  it('reads nothing before it is wanted, and lets go when cancelled', async () => {
    const {
      send,
      server: { request },
      states,
    } = await setUp((exchange) => {
      openStream(exchange, run)
      exchange.response.write(run.events[0] ?? '')
    })
    const stream = await send()
    await stream.cancel()
    await (
      await request(/POST/)
    ).closed
    expect(states.at(-1)).toBe('idle')
  })
})

describe('reconnecting', () => {
  const cutAfter = (count: number) => (exchange: Exchange) => {
    openStream(exchange, run)
    sendAndCut(exchange, Buffer.from(run.events.slice(0, count).join('')))
  }

  it('says the log is gone on 204 and ends quietly', async () => {
    const { send, lost } = await setUp((exchange) => {
      if (exchange.method === 'POST') cutAfter(4)(exchange)
      else answerNothing(exchange)
    })
    expect(await collect(await send())).toEqual(chunks.slice(0, 4))
    expect(lost).toEqual(['gone'])
  })

  it('says the log is truncated on 410 and ends quietly', async () => {
    const { send, lost } = await setUp((exchange) => {
      if (exchange.method === 'POST') cutAfter(4)(exchange)
      else answerProblem(exchange, 410, 'log-truncated')
    })
    expect(await collect(await send())).toEqual(chunks.slice(0, 4))
    expect(lost).toEqual(['truncated'])
  })

  it('never applies another run’s events', async () => {
    const newer = fakeRun('0190-aaaa-bbbb-cccccccc0002', chunks)
    const { send, lost } = await setUp((exchange) => {
      if (exchange.method === 'POST') return cutAfter(4)(exchange)
      openStream(exchange, newer)
      exchange.response.end(bytesAfter(newer, undefined))
    })
    expect(await collect(await send())).toEqual(chunks.slice(0, 4))
    expect(lost).toEqual(['other-run'])
  })

  it.each([
    [404, 'not-found'],
    [401, 'unauthenticated'],
  ])('fails on %i', async (status, code) => {
    const { send } = await setUp((exchange) => {
      if (exchange.method === 'POST') cutAfter(4)(exchange)
      else answerProblem(exchange, status, code)
    })
    const failure = await collect(await send()).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ProblemError)
    expect(failure).toMatchObject({ problem: { code } })
  })

  it('keeps trying while the server is in trouble', async () => {
    const { send } = await setUp((exchange, count) => {
      if (exchange.method === 'POST') return cutAfter(4)(exchange)
      if (count === 1) return answerProblem(exchange, 503, 'shutting-down')
      if (count === 2) return void exchange.response.writeHead(502).end('<html>')
      if (count === 3) return void exchange.response.socket?.destroy()
      if (count === 4)
        return void exchange.response.writeHead(200, { 'content-type': 'text/html' }).end('sign in')
      streamWhole(exchange)
    })
    expect(await collect(await send())).toEqual(chunks)
  })

  it('waits as long as Retry-After says, whatever wakes it', async () => {
    const clock = createFakeTimers()
    const {
      send,
      server: { request },
      page,
    } = await setUp(
      (exchange, count) => {
        if (exchange.method === 'POST') return cutAfter(4)(exchange)
        if (count > 1) return streamWhole(exchange)
        exchange.response.setHeader('retry-after', '7')
        answerProblem(exchange, 429, 'rate-limited')
      },
      { timers: clock.timers },
    )
    const collected = collect(await send())
    await until(() => clock.nextDelayMs === 0)
    clock.advance(0)
    await request(/GET/)
    await until(() => clock.nextDelayMs === 7_000)
    page.wake()
    clock.advance(6_999)
    expect(clock.nextDelayMs).toBe(1)
    clock.advance(1)
    expect(await collected).toEqual(chunks)
  })

  it('backs off from 250 ms to 8 s with full jitter, and starts again after progress', async () => {
    const clock = createFakeTimers()
    const {
      send,
      server: { request },
    } = await setUp(
      (exchange, count) => {
        openStream(exchange, run)
        const hasProgress = exchange.method === 'POST' || count === 8
        sendAndCut(
          exchange,
          Buffer.from(hasProgress ? run.events.slice(0, count).join('') : ': ok\n\n'),
        )
      },
      { timers: clock.timers, random: () => 1 },
    )
    const collected = collect(await send()).catch(() => 'aborted')
    const delays: number[] = []
    for (let nth = 1; nth <= 9; nth += 1) {
      await until(() => clock.pendingCount === 1 && clock.nextDelayMs <= 8_000)
      delays.push(clock.nextDelayMs)
      clock.advance(clock.nextDelayMs)
      await request(/GET/, nth)
    }
    expect(delays).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 8_000, 8_000, 250])
    await server?.close()
    server = undefined
    void collected
  })

  it('honours the server’s retry as its first delay', async () => {
    const clock = createFakeTimers()
    const { send, abort } = await setUp(
      (exchange) => {
        openStream(exchange, run)
        sendAndCut(exchange, Buffer.from(`retry: 1000\n${run.events[0] ?? ''}`))
      },
      { timers: clock.timers, random: () => 1 },
    )
    const collected = collect(await send()).catch(() => 'aborted')
    await until(() => clock.nextDelayMs === 1_000)
    abort.abort()
    expect(await collected).toBe('aborted')
    expect(clock.pendingCount).toBe(0)
  })

  it('tries at once when the page wakes', async () => {
    const clock = createFakeTimers()
    const { send, page } = await setUp(
      (exchange) => {
        if (exchange.method === 'POST') cutAfter(4)(exchange)
        else streamWhole(exchange)
      },
      { timers: clock.timers, random: () => 1 },
    )
    const collected = collect(await send())
    await until(() => clock.nextDelayMs === 250)
    page.wake()
    expect(await collected).toEqual(chunks)
    expect(page.listenerCount).toBe(0)
    expect(clock.pendingCount).toBe(0)
  })

  it('says so when the browser has no network', async () => {
    const { send, page, states } = await setUp((exchange) => {
      if (exchange.method === 'POST') cutAfter(4)(exchange)
      else streamWhole(exchange)
    })
    const stream = await send()
    page.setOnline(false)
    expect(await collect(stream)).toEqual(chunks)
    expect(states).toEqual(['connecting', 'open', 'offline', 'open', 'idle'])
  })

  it('reconnects after 30 s without a byte; comments count', async () => {
    const clock = createFakeTimers()
    const {
      send,
      server: { request },
    } = await setUp(
      (exchange) => {
        if (exchange.method === 'GET') return streamWhole(exchange)
        openStream(exchange, run)
        exchange.response.write(run.events.slice(0, 3).join(''))
      },
      { timers: clock.timers },
    )
    const received: UIMessageChunk[] = []
    const reading = readInto(received, await send())
    await until(() => received.length === 3)
    clock.advance(20_000)
    const { response, closed } = await request(/POST/)
    response.write(': keep-alive\n\n')
    response.write(run.events[3] ?? '')
    await until(() => received.length === 4)
    clock.advance(29_999)
    expect(response.closed).toBe(false)
    clock.advance(1)
    await closed
    await until(() => clock.nextDelayMs === 0)
    clock.advance(0)
    await reading
    expect(received).toEqual(chunks)
  })

  it('does not trust a connection that was silent through a sleep', async () => {
    const clock = createFakeTimers()
    const {
      send,
      page,
      server: { request },
    } = await setUp(
      (exchange) => {
        if (exchange.method === 'GET') return streamWhole(exchange)
        openStream(exchange, run)
        exchange.response.write(run.events.slice(0, 3).join(''))
      },
      { timers: clock.timers },
    )
    const received: UIMessageChunk[] = []
    const reading = readInto(received, await send())
    await until(() => received.length === 3)
    clock.sleep(3_600_000)
    page.wake()
    await (
      await request(/POST/)
    ).closed
    await until(() => clock.nextDelayMs === 0)
    clock.advance(0)
    await reading
    expect(received).toEqual(chunks)
  })

  it('lets the connection go on pagehide and comes back on pageshow', async () => {
    const {
      send,
      page,
      server: { request, exchanges },
    } = await setUp((exchange) => {
      if (exchange.method === 'GET') return streamWhole(exchange)
      openStream(exchange, run)
      exchange.response.write(run.events.slice(0, 3).join(''))
    })
    const received: UIMessageChunk[] = []
    const reading = readInto(received, await send())
    await until(() => received.length === 3)
    page.hide()
    await (
      await request(/POST/)
    ).closed
    expect(exchanges).toHaveLength(1)
    page.wake()
    await reading
    expect(received).toEqual(chunks)
  })

  it('never reconnects after an abort', async () => {
    const {
      send,
      abort,
      server: { request, exchanges },
      states,
    } = await setUp((exchange) => {
      openStream(exchange, run)
      exchange.response.write(run.events.slice(0, 3).join(''))
    })
    const received: UIMessageChunk[] = []
    const reading = readInto(received, await send()).catch((error: unknown) => error)
    await until(() => received.length === 3)
    abort.abort()
    expect(await reading).toMatchObject({ name: 'AbortError' })
    await (
      await request(/POST/)
    ).closed
    expect(exchanges).toHaveLength(1)
    expect(states.at(-1)).toBe('idle')
  })
})

describe('starting a run', () => {
  it('repeats a message whose response was lost, with the same id', async () => {
    const {
      send,
      server: { exchanges },
    } = await setUp((exchange, count) => {
      if (count < 3) exchange.response.socket?.destroy()
      else streamWhole(exchange)
    })
    expect(await collect(await send())).toEqual(chunks)
    expect(exchanges.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST'])
    expect(exchanges[2]?.body).toEqual(exchanges[0]?.body)
  })

  it('gives up after a few tries', async () => {
    const {
      send,
      server: { exchanges },
      states,
    } = await setUp(({ response }) => response.socket?.destroy())
    await expect(send()).rejects.toMatchObject({ problem: { code: 'unreachable' } })
    expect(exchanges).toHaveLength(5)
    expect(states).toEqual(['connecting', 'idle'])
  })

  it('looks for the run instead of regenerating twice', async () => {
    const {
      send,
      server: { exchanges },
    } = await setUp((exchange) => {
      if (exchange.method === 'POST') exchange.response.socket?.destroy()
      else streamWhole(exchange)
    })
    expect(await collect(await send('regenerate-message'))).toEqual(chunks)
    expect(exchanges.map(({ method }) => method)).toEqual(['POST', 'GET'])
  })

  it('is lost when the message it repeats was answered meanwhile', async () => {
    const { send, lost } = await setUp((exchange, count) => {
      if (count === 1) exchange.response.socket?.destroy()
      else answerNothing(exchange)
    })
    expect(await collect(await send())).toEqual([])
    expect(lost).toEqual(['gone'])
  })

  it('rejects with the problem when refused', async () => {
    const {
      send,
      server: { exchanges },
    } = await setUp((exchange) => {
      answerProblem(exchange, 409, 'chat-busy', { runId: 'r9' })
    })
    await expect(send()).rejects.toMatchObject({
      problem: { code: 'chat-busy', status: 409, runId: 'r9' },
    })
    expect(exchanges).toHaveLength(1)
  })
})

describe('attaching', () => {
  it('has nothing to read on 204', async () => {
    const { resume } = await setUp(answerNothing)
    expect(await resume()).toBeNull()
  })

  it('replays the whole run', async () => {
    const {
      resume,
      accepted,
      server: { exchanges },
    } = await setUp(streamWhole)
    expect(await collect(await resume())).toEqual(chunks)
    expect(exchanges[0]?.lastEventId).toBeUndefined()
    expect(accepted).toEqual([run.runId])
  })

  it('rejects with the problem of an unknown chat', async () => {
    const { resume } = await setUp((exchange) => answerProblem(exchange, 404, 'not-found'))
    await expect(resume()).rejects.toMatchObject({ problem: { code: 'not-found' } })
  })
})

async function readInto(received: UIMessageChunk[], stream: ReadableStream<UIMessageChunk>) {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read())
    received.push(next.value)
}
