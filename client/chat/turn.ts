import type { LostReason } from './resumable-transport'

/** One stream held by a session, from the click to its end. */
export type Turn = {
  /** Whether it asks for something new, or only reads what runs already. */
  readonly starts: boolean
  runId: string | undefined
  /** How often the server has accepted: a start and the reading of it may be two requests. */
  acceptedCount: number
  /** Resolves at the first acceptance. */
  readonly accepted: Promise<void>
  accept: (runId: string | undefined) => void
  /** Lets go of everything the turn holds. */
  readonly abort: AbortController
  stopRequested: boolean
  /** The session looks elsewhere now: the end of the stream means nothing to it. */
  released: boolean
  /** The answer that this one stands beside, until this one is here. */
  besideId: string | undefined
  lost: LostReason | undefined
  failure: Error | undefined
}

export function createTurn({ starts, runId }: { starts: boolean; runId?: string }): Turn {
  const accepted = Promise.withResolvers<void>()
  const turn: Turn = {
    starts,
    runId,
    acceptedCount: 0,
    accepted: accepted.promise,
    accept: (acceptedRunId) => {
      turn.runId = acceptedRunId ?? turn.runId
      turn.acceptedCount += 1
      accepted.resolve()
    },
    abort: new AbortController(),
    stopRequested: false,
    released: false,
    besideId: undefined,
    lost: undefined,
    failure: undefined,
  }
  return turn
}
