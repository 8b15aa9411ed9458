import type { Timers } from '../stream/timers'
import { unpackTokens, type HighlightReply, type HighlightRequest } from './highlight-protocol'
import type { LanguageId } from './languages'

/** Of one line: length and class in turn, a class being an index of `codeClasses`. What follows them is plain. */
export type LineTokens = Uint16Array

/** Code that wants colours, as far as the highlighter has to know it. */
export type HighlightSource = {
  readonly language: LanguageId
  /** How many lines, from the first, have their tokens. */
  readonly tokenized: number
  /** How many lines, from the first, should have them: complete ones only. */
  readonly wanted: number
  /** Whether nothing will be wanted beyond what is wanted now. */
  readonly finished: boolean
  linesBetween(from: number, to: number): readonly string[]
  take(result: HighlightResult): void
  /** Nothing more will come: it could not be coloured. */
  giveUp(): void
}

export type HighlightResult = {
  readonly from: number
  readonly lines: readonly string[]
  readonly tokens: readonly LineTokens[]
}

export type Highlighter = {
  /** To be called whenever a source wants more than it has. */
  request(source: HighlightSource): void
  /** Lets go of it, and of what the worker remembers of it. */
  release(source: HighlightSource): void
}

/** The page's side of the channel to a worker. */
export type HighlightWorker = {
  post(request: HighlightRequest): void
  terminate(): void
}

export type WorkerEvents = { reply: (reply: HighlightReply) => void; failed: () => void }
export type StartWorker = (events: WorkerEvents) => HighlightWorker

/** Small enough for colours to keep up with the eye on a slow machine, and for a hung job to be told from a long one. */
export const jobLinesMax = 100
/**
 * A job that is not answered within two of these hangs. Two, for after a sleep the first may fire before the answer is
 * read; long ones, for on a slow phone the first lines of C++ take seconds to compile its grammar.
 */
export const watchMs = 10_000
/** After so many workers that broke by themselves there will be no colours until the page is loaded again. */
const failuresMax = 3

type Job = { source: HighlightSource; from: number; lines: readonly string[] }
type Progress = { document: number; lines: number }

/**
 * Feeds one worker, which it starts when something is first wanted. One job is under way at a time, so that sources take
 * turns and a job that hangs is known by name: its source stays plain, and a new worker goes on with the others.
 */
export function createHighlighter(options: {
  startWorker: StartWorker
  timers: Timers
}): Highlighter {
  const { startWorker, timers } = options
  const queue = new Set<HighlightSource>()
  const grammars = new Map<LanguageId, 'loading' | 'loaded'>()
  const progress = new Map<HighlightSource, Progress>()
  let worker: HighlightWorker | undefined
  let job: Job | undefined
  let cancelWatch: (() => void) | undefined
  let failures = 0
  let documents = 0

  function pump() {
    for (const source of queue) {
      if (job) return
      if (source.tokenized >= source.wanted) queue.delete(source)
      else if (grammars.get(source.language) === 'loaded') start(source)
      else load(source.language)
    }
  }

  function load(language: LanguageId) {
    if (grammars.has(language)) return
    grammars.set(language, 'loading')
    post({ type: 'load', language })
  }

  function start(source: HighlightSource) {
    const known = progress.get(source) ?? { document: (documents += 1), lines: 0 }
    const from = Math.min(known.lines, source.tokenized)
    const lines = source.linesBetween(from, Math.min(source.wanted, from + jobLinesMax))
    progress.set(source, { ...known, lines: from + lines.length })
    job = { source, from, lines }
    watch(2)
    post({ type: 'tokenize', document: known.document, language: source.language, from, lines })
  }

  function post(request: HighlightRequest) {
    worker ??= begin()
    worker.post(request)
  }

  function begin(): HighlightWorker {
    const begun = startWorker({
      reply: (reply) => {
        if (worker === begun) receive(reply)
      },
      failed: () => {
        if (worker === begun) fail()
      },
    })
    return begun
  }

  function receive(reply: HighlightReply) {
    if (reply.type === 'loaded') grammars.set(reply.language, 'loaded')
    else if (reply.type === 'load-failed') abandon(reply.language)
    else settle(reply.type === 'tokenized' ? unpackTokens(reply.tokens) : undefined)
    pump()
  }

  function abandon(language: LanguageId) {
    grammars.delete(language)
    for (const source of queue) if (source.language === language) giveUp(source)
  }

  function settle(tokens: LineTokens[] | undefined) {
    const settled = job
    endJob()
    if (!settled || !progress.has(settled.source)) return
    const { source, from, lines } = settled
    if (!tokens) return giveUp(source)
    source.take({ from, lines, tokens })
    // To the end of the queue: the others have their turn.
    if (queue.delete(source)) queue.add(source)
    if (source.finished && source.tokenized >= source.wanted) release(source)
  }

  function watch(strikes: number) {
    cancelWatch = timers.after(watchMs, () => (strikes > 1 ? watch(strikes - 1) : restart()))
  }

  function endJob() {
    cancelWatch?.()
    cancelWatch = undefined
    job = undefined
  }

  /** The new worker knows nothing: each source begins again with its first line, and keeps its colours meanwhile. */
  function restart() {
    const culprit = job?.source
    worker?.terminate()
    worker = undefined
    endJob()
    grammars.clear()
    progress.clear()
    if (culprit) giveUp(culprit)
    pump()
  }

  function fail() {
    failures += 1
    if (failures >= failuresMax) for (const source of queue) giveUp(source)
    restart()
  }

  function giveUp(source: HighlightSource) {
    release(source)
    source.giveUp()
  }

  function release(source: HighlightSource) {
    queue.delete(source)
    const known = progress.get(source)
    if (!known) return
    progress.delete(source)
    worker?.post({ type: 'forget', document: known.document })
  }

  return {
    release,
    request(source) {
      if (failures >= failuresMax) return source.giveUp()
      queue.add(source)
      pump()
    },
  }
}
