import { describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { parseEnv } from '../env'
import { runErrorOf } from './model-error'
import { createModelRegistry } from './model-registry'
import {
  addressOf,
  answer,
  backgroundOf,
  callsOf,
  cutting,
  finishOf,
  measured,
  modelOver,
  open,
  partsOf,
  partsOfCut,
  pathsOf,
  readingHalf,
  restOf,
  rewriting,
  serve,
  textOf,
} from './testing/background-bench'
import { callOptions } from './testing/call-options'

describe('an answer in background mode', () => {
  it('is asked for with `background` and `store`, and tells its id before its first part', async () => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    const ids: string[] = []
    const model = backgroundOf(resolved).start({ onResponseId: (id) => ids.push(id) })
    const { stream } = await model.doStream(callOptions(resolved))
    expect(ids).toEqual(['resp_bg_1'])
    const parts = await Array.fromAsync(stream)
    expect(textOf(parts)).toBe('Hello, 世界 😀\r\n data: x')
    expect(finishOf(parts)).toEqual({ unified: 'stop', raw: 'completed' })
    expect(callsOf(upstream).map(({ body }) => body)).toMatchObject([
      { background: true, store: true, stream: true },
    ])
  })

  it('reads the same whatever event its connection ends behind', async () => {
    const whole = await partsOfCut(answer)
    for (let at = 0; at <= answer.length; at += 1) {
      expect(await partsOfCut(answer.toSpliced(at, 0, step.eof()))).toEqual(whole)
    }
  })

  it.each(['closes', 'breaks', 'falls silent'] as const)(
    'reads the same wherever its connection %s inside an event',
    async (end) => {
      const whole = await partsOfCut(answer)
      const { first, length } = await measured(answer)
      for (let at = first; at < length; at += 61) {
        expect(await partsOfCut(answer, cutting(at, end))).toEqual(whole)
      }
    },
  )

  it('waits for a model that is silent for long, however often it has to ask', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.wait(held.opened), step.text('b')])
    const model = modelOver(upstream, fetch, { silenceMs: 5, retryWaitsMs: [1] })
    const parts = partsOf(model, callOptions())
    await expect.poll(() => pathsOf(upstream).length).toBeGreaterThan(5)
    held.open()
    expect(textOf(await parts)).toBe('ab')
  })

  it('survives the reset of a connection', async () => {
    const { held, reader, upstream } = await readingHalf([step.reset(), step.text('b')])
    held.open()
    expect(textOf(await restOf(reader))).toBe('b')
    expect(pathsOf(upstream)).toHaveLength(2)
  })

  it('fails as ever when the connection breaks before its id has come', async () => {
    const upstream = await serve(answer)
    const error: unknown = await modelOver(upstream, cutting(40, 'breaks'))
      .doStream(callOptions())
      .then(
        () => undefined,
        (reason: unknown) => reason,
      )
    expect(runErrorOf(error)).toMatchObject({ code: 'model-unreachable', retryable: true })
  })

  it('goes on behind the last event that came, and hears none twice', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const resolved = await open(upstream)
    const parts = await partsOf(
      backgroundOf(resolved).start({ onResponseId: () => {} }),
      callOptions(resolved),
    )
    expect(textOf(parts)).toBe('ab')
    expect(pathsOf(upstream)).toEqual([
      'POST /responses',
      'GET /responses/resp_bg_1?stream=true&starting_after=5',
    ])
  })

  it('drops events that a server sends again', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const deaf: typeof fetch = (input, init) =>
      fetch(addressOf(input).replace(/&starting_after=\d+/, ''), init)
    expect(textOf(await partsOf(modelOver(upstream, deaf), callOptions()))).toBe('ab')
  })

  it('tries again while the server cannot be reached, and counts anew after every event', async () => {
    const held = gate()
    const upstream = await serve([
      step.text('a'),
      step.eof(),
      step.wait(held.opened),
      step.text('b'),
      step.eof(),
      step.text('c'),
    ])
    let gets = 0
    const shaky: typeof fetch = async (input, init) => {
      if (init?.method === 'POST') return fetch(input, init)
      gets += 1
      if (gets % 3 === 1) throw new TypeError('fetch failed')
      if (gets % 3 === 2) return new Response('', { status: 503 })
      const response = await fetch(input, init)
      held.open()
      return response
    }
    const model = modelOver(upstream, shaky, { retryWaitsMs: [1, 1, 1] })
    expect(textOf(await partsOf(model, callOptions()))).toBe('abc')
  })

  it('is interrupted when the server stays out of reach', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.eof(), step.wait(held.opened)])
    let gets = 0
    const cut: typeof fetch = async (input, init) => {
      if (init?.method === 'POST') return fetch(input, init)
      gets += 1
      throw new TypeError('fetch failed')
    }
    const parts = await partsOf(
      modelOver(upstream, cut, { retryWaitsMs: [1, 1, 1] }),
      callOptions(),
    )
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(gets).toBe(3)
  })

  it('goes on after a malformed frame', async () => {
    const upstream = await serve([step.text('a'), step.malformed(), step.eof(), step.text('b')])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const parts = await partsOf(model, callOptions(resolved))
    expect(textOf(parts)).toBe('ab')
    expect(finishOf(parts)).toEqual({ unified: 'stop', raw: 'completed' })
  })

  it('fails with the error that the provider tells', async () => {
    const error = { message: 'Sorry', code: 'server_error', type: 'response.failed' }
    const upstream = await serve([step.text('a'), step.eof(), step.error(error)])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const parts = await partsOf(model, callOptions(resolved))
    expect(finishOf(parts)).toEqual({ unified: 'error', raw: 'error' })
    expect(parts).toContainEqual(expect.objectContaining({ type: 'error' }))
  })

  it('passes on the refusal of a request', async () => {
    const upstream = await serve([step.status(429, { error: { message: 'Slow down' } })])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    const error: unknown = await model.doStream(callOptions(resolved)).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    expect(runErrorOf(error)).toMatchObject({ code: 'model-rate-limited', detail: 'Slow down' })
  })

  it.each([
    ['numbers no events', rewriting(/"sequence_number":\d+,/g, '')],
    ['gives ids that lead elsewhere', rewriting(/resp_bg_1/g, '../models')],
  ])('cannot be taken up where a server %s: the cut is told', async (_, through) => {
    const upstream = await serve([step.text('a'), step.eof(), step.text('b')])
    const ids: string[] = []
    const model = modelOver(upstream, through, { onResponseId: (id) => ids.push(id) })
    const parts = await partsOf(model, callOptions())
    expect(textOf(parts)).toBe('a')
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(ids).toEqual([])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('reads an event of several lines', async () => {
    const delta =
      'data: {"type":"response.output_text.delta",\ndata: "item_id":"msg_0","delta":"b"}'
    const upstream = await serve([step.text('a'), step.raw(`${delta}\n\n`), step.text('c')])
    expect(textOf(await partsOf(modelOver(upstream), callOptions()))).toBe('abc')
  })
})

describe('without background mode', () => {
  it('sends what it always sent', async () => {
    const bodies: unknown[] = []
    for (const OPENAI_BACKGROUND of ['off', 'on']) {
      const upstream = await serve(answer)
      const resolved = await open(upstream, { OPENAI_BACKGROUND })
      expect(resolved.background !== undefined).toBe(OPENAI_BACKGROUND === 'on')
      await partsOf(resolved.model, callOptions(resolved))
      bodies.push(callsOf(upstream).map(({ body, path }) => ({ body, path })))
    }
    expect(bodies[0]).toEqual(bodies[1])
    expect(JSON.stringify(bodies)).not.toContain('background')
    expect(bodies[0]).toMatchObject([{ path: '/v1/responses', body: { store: false } }])
  })

  it('titles are asked for: nothing of them is stored', async () => {
    const upstream = await serve([step.text('A title')])
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    await model.doGenerate(callOptions(resolved))
    expect(callsOf(upstream)[0]?.body).not.toHaveProperty('background')
    expect(callsOf(upstream)[0]?.body).toMatchObject({ store: false })
  })

  it('are servers that only speak OpenAI’s API', async () => {
    const upstream = await serve([step.text('a')])
    const registry = createModelRegistry({
      env: parseEnv({
        NODE_ENV: 'production',
        OPENAI_API_KEY: 'key',
        OPENAI_BASE_URL: upstream.baseUrl,
        OPENAI_BACKGROUND: 'on',
      }),
      now: Date.now,
    })
    const resolved = await registry.resolve({ provider: 'default', id: 'gpt-5-mini' })
    expect(resolved).toBeDefined()
    expect(resolved?.background).toBeUndefined()
  })
})
