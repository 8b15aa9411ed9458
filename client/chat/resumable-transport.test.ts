import { describe, expect, it } from 'vitest'
import type { StreamChunk } from '@/shared/stream/stream-event'
import {
  answerNothing,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  sendAndCut,
} from '../testing/fake-server'
import { chunks, collect, run, setUp, streamWhole, userMessage } from '../testing/transport-bench'

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
