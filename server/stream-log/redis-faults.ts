import 'server-only'
import { ErrorReply } from '@redis/client'
import { AppError } from '@/shared/errors/app-error'
import { log } from '../log'

/** `refused`: Redis is there and takes nothing, for want of memory or because it is a replica. */
export type RedisFault = 'unreachable' | 'refused' | 'data-lost'

/** Tells of a spell of trouble once when it begins and once when it is over, however many calls it hits. */
export class RedisFaults {
  readonly #onFault: (fault: RedisFault) => void
  #current: RedisFault | undefined

  constructor(onFault: (fault: RedisFault) => void) {
    this.#onFault = onFault
  }

  note(error: unknown): void {
    const fault = error instanceof ErrorReply ? 'refused' : 'unreachable'
    if (this.#current === fault) return
    this.#current = fault
    this.#onFault(fault)
    log.warn(explanations[fault], { error })
  }

  noteLostData(runId: string): void {
    this.#onFault('data-lost')
    log.warn('Redis has lost the log of a running answer; it is sent again.', { runId })
  }

  over(): void {
    if (!this.#current) return
    this.#current = undefined
    log.info('Redis takes the logs of answers again.')
  }
}

const explanations = {
  unreachable:
    'Redis cannot be reached. Answers go on for readers of this instance; the others get them when it is back.',
  refused:
    'Redis refuses the logs of answers; look at its memory and its role. Answers go on for readers of this instance.',
}

export function logUnavailable(): AppError {
  return new AppError(
    'log-unavailable',
    'The running answer cannot be reached just now. Try again in a moment; nothing is lost.',
    { retryAfterSeconds: 1 },
  )
}
