import { describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { startUpstream } from '@/e2e/upstream/upstream'
import { UpstreamDetached } from './background-response'
import {
  addressOf,
  answer,
  backgroundOf,
  callsOf,
  cutting,
  finishOf,
  measured,
  modelOver,
  models,
  open,
  partsOf,
  pathsOf,
  readingHalf,
  required,
  restOf,
  rewriting,
  serve,
  textOf,
} from './testing/background-bench'
import { callOptions } from './testing/call-options'

describe('leaving an answer in background mode', () => {
  it('cancels it when the user stops', async () => {
    const { upstream, abort } = await readingHalf()
    abort.abort(new DOMException('stopped', 'AbortError'))
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('cancels it when the reader turns away', async () => {
    const { upstream, reader } = await readingHalf()
    await reader.cancel()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('leaves it running when it is detached', async () => {
    const { upstream, abort, held } = await readingHalf()
    abort.abort(new UpstreamDetached())
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 0 }])
    held.open()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'completed' }])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('cancels it even when its id has not come yet', async () => {
    const held = gate()
    const upstream = await serve([step.wait(gate().opened)])
    const abort = new AbortController()
    const slow: typeof fetch = async (input, init) => {
      const response = await fetch(input, init)
      if (addressOf(input).endsWith('/responses')) await held.opened
      return response
    }
    const streaming = modelOver(upstream, slow).doStream(callOptions({}, abort.signal))
    await upstream.request(0)
    abort.abort(new UpstreamDetached())
    await expect(streaming).rejects.toThrow('another process')
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
    held.open()
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })

  it('asks nothing more once it is complete', async () => {
    const upstream = await serve([step.text('a')])
    const abort = new AbortController()
    const resolved = await open(upstream)
    const model = backgroundOf(resolved).start({ onResponseId: () => {} })
    await partsOf(model, callOptions(resolved, abort.signal))
    abort.abort()
    expect(upstream.responses()).toMatchObject([{ status: 'completed' }])
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('asks nothing more behind its last event, whatever follows that', async () => {
    const done = rewriting(/(event: response.completed\n.*\n\n)/g, '$1data: [DONE]\n\n')
    const upstream = await serve(answer)
    await partsOf(modelOver(upstream, done), callOptions())
    expect(pathsOf(upstream)).toEqual(['POST /responses'])
  })

  it('cancels nothing behind its last event', async () => {
    const { length } = await measured(answer)
    const upstream = await serve(answer)
    const hanging = cutting(length, 'falls silent')
    const asked: string[] = []
    const through: typeof fetch = (input, init) => {
      asked.push(addressOf(input))
      return hanging(input, init)
    }
    const abort = new AbortController()
    const { stream } = await modelOver(upstream, through).doStream(callOptions({}, abort.signal))
    const reader = stream.getReader()
    for (let part = await reader.read(); part.value?.type !== 'text-end';)
      part = await reader.read()
    abort.abort()
    expect(asked).toEqual([`${upstream.baseUrl}/responses`])
  })

  it('gives up waiting to connect again', async () => {
    const upstream = await serve([step.text('a'), step.eof(), step.wait(gate().opened)])
    const abort = new AbortController()
    const { stream } = await modelOver(upstream, fetch, { retryWaitsMs: [600_000] }).doStream(
      callOptions({}, abort.signal),
    )
    const reading = Array.fromAsync(stream)
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 0 }])
    abort.abort(new DOMException('stopped', 'AbortError'))
    await expect(reading).rejects.toThrow('stopped')
    await expect.poll(() => upstream.responses()).toMatchObject([{ status: 'cancelled' }])
  })
})

describe('taking up an answer of another process', () => {
  it('gives the same parts, while it is written and after it is complete', async () => {
    const held = gate()
    const upstream = await serve([...answer, step.wait(held.opened), step.text('the end')])
    const first = await open(upstream)
    const ids: string[] = []
    const model = backgroundOf(first).start({ onResponseId: (id) => ids.push(id) })
    const whole = partsOf(model, callOptions(first))
    await expect.poll(() => ids).toHaveLength(1)

    const resume = async () => {
      const other = await open(upstream)
      return partsOf(backgroundOf(other).resume(required(ids[0])), callOptions(other))
    }
    const during = resume()
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 2 }])
    held.open()
    expect(await during).toEqual(await whole)
    expect(await resume()).toEqual(await whole)
    expect(textOf(await whole)).toContain('the end')
  })

  it('sends no prompt', async () => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    await partsOf(backgroundOf(resolved).start({ onResponseId: () => {} }), callOptions(resolved))
    await partsOf(backgroundOf(resolved).resume('resp_bg_1'), callOptions(resolved))
    expect(pathsOf(upstream)).toEqual(['POST /responses', 'GET /responses/resp_bg_1?stream=true'])
    expect(callsOf(upstream)[1]?.body).toEqual({})
  })

  it.each([
    ['unknown', 'resp_none'],
    ['not an id', '../models'],
  ])('is interrupted where the answer is %s', async (_, id) => {
    const upstream = await serve(answer)
    const resolved = await open(upstream)
    const parts = await partsOf(backgroundOf(resolved).resume(id), callOptions(resolved))
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
    expect(callsOf(upstream)).toHaveLength(1)
  })

  it('repeats nothing where a server numbers no events', async () => {
    const held = gate()
    const upstream = await serve([step.text('a'), step.wait(held.opened), step.eof()])
    await modelOver(upstream).doStream(callOptions())
    const unnumbered = rewriting(/"sequence_number":\d+,/g, '')
    const model = modelOver(upstream, unnumbered, { resumedId: 'resp_bg_1' })
    const reading = partsOf(model, callOptions())
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 2 }])
    held.open()
    const parts = await reading
    expect(textOf(parts)).toBe('a')
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('keeps what came of an answer that expires meanwhile', async () => {
    const { upstream, reader } = await readingHalf()
    upstream.forget('resp_bg_1')
    expect(finishOf(await restOf(reader))).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('is interrupted where the answer was cancelled, without more tries', async () => {
    const upstream = await serve([step.text('a'), step.wait(gate().opened)])
    const model = modelOver(upstream, fetch, { retryWaitsMs: [1, 600_000] })
    const reading = partsOf(model, callOptions())
    await expect.poll(() => upstream.responses()).toMatchObject([{ readers: 1 }])
    await backgroundOf(await open(upstream)).cancel('resp_bg_1')
    const parts = await reading
    expect(upstream.responses()).toMatchObject([{ status: 'cancelled' }])
    expect(finishOf(parts)).toEqual({ unified: 'interrupted', raw: undefined })
  })

  it('fails where the answer has failed', async () => {
    const error = { message: 'Sorry', code: 'server_error', type: 'response.failed' }
    const upstream = await serve([step.text('a'), step.error(error)])
    const resolved = await open(upstream)
    const options = callOptions(resolved)
    const first = await partsOf(backgroundOf(resolved).start({ onResponseId: () => {} }), options)
    const again = await partsOf(backgroundOf(resolved).resume('resp_bg_1'), options)
    expect(again).toEqual(first)
    expect(finishOf(again)).toEqual({ unified: 'error', raw: 'error' })
  })

  it('survives a cancellation that nobody hears', async () => {
    const upstream = await startUpstream({ apiKey: 'key', models })
    const resolved = await open(upstream)
    await upstream.close()
    await expect(backgroundOf(resolved).cancel('resp_bg_1')).resolves.toBeUndefined()
  })
})
