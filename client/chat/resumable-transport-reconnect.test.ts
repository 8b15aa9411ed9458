import type { UIMessageChunk } from 'ai'
import { describe, expect, it } from 'vitest'
import { ProblemError } from '../api/http'
import {
  answerNothing,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  sendAndCut,
  type Exchange,
} from '../testing/fake-server'
import { createFakeTimers } from '../testing/fake-timers'
import { chunks, collect, run, setUp, streamWhole } from '../testing/transport-bench'
import { until } from '../testing/until'

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

async function readInto(received: UIMessageChunk[], stream: ReadableStream<UIMessageChunk>) {
  const reader = stream.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read())
    received.push(next.value)
}
