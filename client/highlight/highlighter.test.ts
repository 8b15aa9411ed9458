import { Worker } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { createFakeTimers } from '../testing/fake-timers'
import { until } from '../testing/until'
import type { HighlightReply } from './highlight-protocol'
import {
  createHighlighter,
  jobLinesMax,
  watchMs,
  type HighlightSource,
  type StartWorker,
} from './highlighter'
import type { LanguageId } from './languages'
import { createFakeWorker } from './testing/fake-worker'

function setUp() {
  const clock = createFakeTimers()
  const worker = createFakeWorker()
  const highlighter = createHighlighter({ startWorker: worker.startWorker, timers: clock.timers })
  return { clock, worker, highlighter }
}

function sourceOf(lines: string[], language: LanguageId = 'typescript') {
  const source: HighlightSource & { taken: string[]; gaveUp: boolean; finished: boolean } = {
    language,
    taken: [],
    gaveUp: false,
    finished: false,
    get tokenized(): number {
      return source.taken.length
    },
    get wanted(): number {
      return source.gaveUp ? 0 : lines.length
    },
    linesBetween: (from, to) => lines.slice(from, to),
    take: ({ from, lines: texts }) => void source.taken.splice(from, texts.length, ...texts),
    giveUp: () => {
      source.gaveUp = true
    },
  }
  return source
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index}`)

test('no worker is started before something is wanted', () => {
  const { worker, highlighter } = setUp()
  expect(worker.begun).toHaveLength(0)
  highlighter.request(sourceOf([]))
  expect(worker.begun).toHaveLength(0)
})

test('a grammar is loaded once, each line is sent once, and jobs stay small', () => {
  const { worker, highlighter } = setUp()
  const [one, other] = [sourceOf(numbered(2 * jobLinesMax + 1)), sourceOf(numbered(1))]
  highlighter.request(one)
  highlighter.request(other)
  highlighter.request(one)
  expect(worker.answer()).toEqual({ type: 'load', language: 'typescript' })
  expect(worker.answer()).toMatchObject({ document: 1, from: 0, lines: numbered(jobLinesMax) })
  expect(worker.answer(), 'the other has its turn').toMatchObject({ document: 2, from: 0 })
  expect(worker.answer()).toMatchObject({ document: 1, from: jobLinesMax })
  expect(worker.answer()).toMatchObject({ document: 1, from: 2 * jobLinesMax, lines: ['line 200'] })
  expect(one.taken).toEqual(numbered(2 * jobLinesMax + 1))
  expect(worker.begun[0]?.requests).toEqual([])
})

test('while one grammar loads, others are at work', () => {
  const { worker, highlighter } = setUp()
  const source = sourceOf(['a'])
  highlighter.request(source)
  worker.answer()
  worker.answer()
  const waiting = sourceOf(['b'], 'python')
  const second = sourceOf(['c'])
  highlighter.request(waiting)
  highlighter.request(second)
  expect(worker.begun[0]?.requests.map(({ type }) => type)).toEqual(['load', 'tokenize'])
})

test('what is finished or released is forgotten, and begins anew when it comes back', () => {
  const { worker, highlighter } = setUp()
  const source = sourceOf(['a'])
  source.finished = true
  highlighter.request(source)
  worker.answerAll()
  expect(worker.begun[0]?.requests).toEqual([{ type: 'forget', document: 1 }])
  source.taken.length = 0
  highlighter.request(source)
  expect(worker.answer()).toMatchObject({ document: 2, from: 0 })
})

test('an answer for what was released meanwhile is dropped', () => {
  const { worker, highlighter } = setUp()
  const source = sourceOf(['a'])
  highlighter.request(source)
  worker.answer()
  highlighter.release(source)
  worker.answer()
  expect(source.taken).toEqual([])
})

describe('a job that hangs', () => {
  test('ends the worker and leaves its source plain; a new one serves the others', () => {
    const { clock, worker, highlighter } = setUp()
    const [done, hostile, other] = [sourceOf(['a']), sourceOf(['b']), sourceOf(['c'])]
    highlighter.request(done)
    worker.answerAll()
    highlighter.request(hostile)
    highlighter.request(other)
    clock.advance(2 * watchMs)
    expect(worker.begun.map(({ ended }) => ended)).toEqual([true, false])
    expect([done.gaveUp, hostile.gaveUp, other.gaveUp]).toEqual([false, true, false])
    worker.answerAll()
    expect(other.taken).toEqual(['c'])
    expect(hostile.taken).toEqual([])
    worker.begun[0]?.events.reply({ type: 'tokenized', tokens: new Uint16Array([0]) })
    expect(hostile.taken, 'the ended worker is heard no more').toEqual([])
  })

  test('is one that was not answered for twice the time: a machine may have slept', () => {
    const { clock, worker, highlighter } = setUp()
    const source = sourceOf(['a'])
    highlighter.request(source)
    worker.answer()
    clock.sleep(60_000)
    clock.advance(0)
    expect(worker.begun).toHaveLength(1)
    worker.answer()
    expect(source.taken).toEqual(['a'])
    expect(clock.pendingCount).toBe(0)
  })

  test('a source goes on where it was, though the new worker has to read it from its start', () => {
    const { clock, worker, highlighter } = setUp()
    const lines = ['a', 'b']
    const source = sourceOf(lines)
    highlighter.request(source)
    worker.answerAll()
    highlighter.request(sourceOf(['hang']))
    clock.advance(2 * watchMs)
    lines.push('c')
    highlighter.request(source)
    worker.answer()
    expect(worker.answer()).toMatchObject({ from: 0, lines: ['a', 'b', 'c'] })
    expect(source.taken).toEqual(['a', 'b', 'c'])
  })

  test('holds up nobody, in a real thread that never comes back', async () => {
    const clock = createFakeTimers()
    const threads: { worker: Worker; ended: Promise<unknown> | undefined }[] = []
    const startWorker: StartWorker = ({ reply, failed }) => {
      const worker = new Worker(hangingThread, { eval: true })
      const thread: (typeof threads)[number] = { worker, ended: undefined }
      threads.push(thread)
      worker.on('message', (message: HighlightReply | 'began') => {
        if (message === 'began') clock.advance(2 * watchMs)
        else reply(message)
      })
      worker.on('error', failed)
      return {
        post: (request) => worker.postMessage(request),
        terminate: () => {
          thread.ended = worker.terminate()
        },
      }
    }
    const highlighter = createHighlighter({ startWorker, timers: clock.timers })
    const [hostile, other] = [sourceOf(['hang']), sourceOf(['a'])]
    highlighter.request(hostile)
    highlighter.request(other)
    await until(() => other.taken.length > 0)
    expect(hostile.gaveUp).toBe(true)
    expect(await threads[0]?.ended).toBe(1)
    await threads[1]?.worker.terminate()
  })
})

test('after three workers that break by themselves everything stays plain', () => {
  const { worker, highlighter } = setUp()
  const source = sourceOf(['a'])
  highlighter.request(source)
  for (const index of [0, 1, 2]) worker.begun[index]?.events.failed()
  expect(worker.begun).toHaveLength(3)
  expect(source.gaveUp).toBe(true)
  const later = sourceOf(['b'])
  highlighter.request(later)
  expect(later.gaveUp).toBe(true)
  expect(worker.begun).toHaveLength(3)
})

test('a grammar that cannot be loaded leaves its code plain, and is tried again for other code', () => {
  const { worker, highlighter } = setUp()
  const source = sourceOf(['a'])
  highlighter.request(source)
  worker.begun[0]?.events.reply({ type: 'load-failed', language: 'typescript' })
  expect(source.gaveUp).toBe(true)
  const later = sourceOf(['b'])
  highlighter.request(later)
  expect(worker.begun[0]?.requests.at(-1)).toEqual({ type: 'load', language: 'typescript' })
})

/** Loads at once, hangs at a line that says so, and finds nothing to colour in any other. */
const hangingThread = `
const { parentPort } = require('node:worker_threads')
parentPort.on('message', ({ type, language, lines }) => {
  if (type === 'load') return parentPort.postMessage({ type: 'loaded', language })
  if (type !== 'tokenize') return
  if (lines.includes('hang')) {
    parentPort.postMessage('began')
    for (;;);
  }
  parentPort.postMessage({ type: 'tokenized', tokens: new Uint16Array(lines.length) })
})`
