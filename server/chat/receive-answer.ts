import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import type { RunError } from '@/shared/errors/run-error'
import type { CallParameters } from '../models/call-options'
import type { ResolvedModel } from '../models/model-source'
import { isMalformedFrame } from '../models/model-error'
import { SilenceError, Watchdog, type SilenceLimits } from './watchdog'

export type FinishPart = Extract<LanguageModelV4StreamPart, { type: 'finish' }>

export type ReceiveAnswerOptions = {
  model: ResolvedModel
  prompt: LanguageModelV4Prompt
  parameters?: CallParameters
  signal: AbortSignal
  limits: SilenceLimits
  onPart: (part: LanguageModelV4StreamPart) => void
  describeError: (error: unknown) => RunError
  /** Told of each try that failed, the last one included. */
  onFailedTry: (error: RunError, attempt: number) => void
}

/** The upstream gave up, or was given up. What had arrived before is already with `onPart`. */
export class UpstreamError extends Error {
  readonly runError: RunError
  /** Whether some of the answer had arrived: to ask again would repeat it. */
  readonly hasStarted: boolean

  constructor(runError: RunError, { cause, hasStarted }: { cause?: unknown; hasStarted: boolean }) {
    super(`The model's stream failed: ${runError.code}`, { cause })
    this.name = 'UpstreamError'
    this.runError = runError
    this.hasStarted = hasStarted
  }
}

const triesMax = 3
/** One unreadable frame is skipped; a stream of them is given up (docs/protocol.md § 6, row 12). */
const malformedFramesMax = 3
const retryWaitMsMax = 20_000

/**
 * Streams one answer from the provider. Resolves with its `finish` part, or with nothing when the stream ended without
 * one. Tries again only before the first text (docs/protocol.md § 5): later it would repeat text. Throws `UpstreamError`,
 * or the signal's reason when `signal` fired.
 */
export async function receiveAnswer(
  options: ReceiveAnswerOptions,
): Promise<FinishPart | undefined> {
  for (let attempt = 1; ; attempt++) {
    const progress = { started: false }
    try {
      return await receiveOnce(options, progress)
    } catch (error) {
      options.signal.throwIfAborted()
      if (error instanceof UpstreamError) throw error
      const runError = describe(error, options)
      options.onFailedTry(runError, attempt)
      const waitMs = retryWaitMs(runError, attempt)
      const mayRetry = runError.retryable && !progress.started && !(error instanceof SilenceError)
      if (!mayRetry || attempt === triesMax || waitMs > retryWaitMsMax) {
        throw new UpstreamError(runError, { cause: error, hasStarted: progress.started })
      }
      await delay(waitMs, undefined, { signal: options.signal })
    }
  }
}

async function receiveOnce(
  { model, prompt, parameters, signal, limits, onPart }: ReceiveAnswerOptions,
  progress: { started: boolean },
): Promise<FinishPart | undefined> {
  const watchdog = new Watchdog(limits)
  const abortSignal = AbortSignal.any([signal, watchdog.signal])
  const callOptions: LanguageModelV4CallOptions = {
    ...parameters,
    prompt,
    abortSignal,
    ...(model.providerOptions && { providerOptions: model.providerOptions }),
  }
  try {
    const { stream } = await unlessAborted(
      Promise.resolve(model.model.doStream(callOptions)),
      abortSignal,
    )
    let finish: FinishPart | undefined
    let malformedFrames = 0
    await eachUntilAborted(stream, abortSignal, (part) => {
      if (part.type === 'error') {
        if (!isMalformedFrame(part.error) || ++malformedFrames >= malformedFramesMax)
          throw part.error
        return
      }
      if (part.type === 'finish') finish = part
      const phase = phaseOf(part)
      if (phase) {
        watchdog.heard(phase)
        progress.started = true
      }
      onPart(part)
    })
    abortSignal.throwIfAborted()
    return finish
  } catch (error) {
    watchdog.signal.throwIfAborted()
    throw error
  } finally {
    watchdog.stop()
  }
}

function phaseOf(part: LanguageModelV4StreamPart): 'reasoning' | 'text' | undefined {
  if (part.type === 'reasoning-start' || part.type === 'reasoning-delta') return 'reasoning'
  if (part.type === 'reasoning-end' || part.type === 'text-start' || part.type === 'text-delta')
    return 'text'
  return undefined
}

/** Rejects with the signal's reason as soon as it fires, whether or not the provider heeds it. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Takes the parts of the stream until it ends or the signal fires; a pending read is then let go at once. */
async function eachUntilAborted<Part>(
  stream: ReadableStream<Part>,
  signal: AbortSignal,
  take: (part: Part) => void,
): Promise<void> {
  const reader = stream.getReader()
  const cancel = () => void reader.cancel(signal.reason).catch(() => undefined)
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  try {
    // Not asked of the signal at every part: one that stands for several looks at all of them.
    for (let read = await reader.read(); !read.done; read = await reader.read()) take(read.value)
  } finally {
    signal.removeEventListener('abort', cancel)
    cancel()
  }
}

function describe(error: unknown, { describeError }: ReceiveAnswerOptions): RunError {
  return error instanceof SilenceError
    ? { code: 'model-silent', retryable: true, detail: error.message }
    : describeError(error)
}

function retryWaitMs(error: RunError, attempt: number): number {
  return error.retryAfterSeconds === undefined ? 250 * 2 ** attempt : error.retryAfterSeconds * 1000
}
