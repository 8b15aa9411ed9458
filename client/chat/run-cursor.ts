import type { SseEvent } from '@/shared/stream/sse-parser'
import { formatEventId, parseEventId, runKeyOf } from '@/shared/stream/event-id'

/** What a reader has of its run, so that nothing is applied twice and nothing of another run is applied at all. */
export type RunCursor = {
  /** What to send as `Last-Event-ID`; nothing before the first event. */
  readonly lastEventId: string | undefined
  /** `false` when the response belongs to another run than the one being read. */
  follows: (runId: string | null) => boolean
  /** Whether to apply an event; `other-run` when it can't be, because it continues something else. */
  take: (event: SseEvent) => 'new' | 'seen' | 'other-run'
  /** Whether what was applied can be continued: events without ids leave no place to continue from. */
  readonly canContinue: boolean
}

export function createRunCursor(): RunCursor {
  let runKey: string | undefined
  let seq = 0
  let tookUnnumbered = false

  return {
    get lastEventId() {
      return runKey !== undefined && seq > 0 ? formatEventId({ runKey, seq }) : undefined
    },
    get canContinue() {
      return !tookUnnumbered
    },
    follows: (runId) => {
      if (runId === null) return true
      runKey ??= runKeyOf(runId)
      return runKey === runKeyOf(runId)
    },
    take: (event) => {
      const id = parseEventId(event.id)
      if (!id) {
        tookUnnumbered = true
        return 'new'
      }
      runKey ??= id.runKey
      if (id.runKey !== runKey) return 'other-run'
      if (id.seq <= seq) return 'seen'
      seq = id.seq
      return 'new'
    },
  }
}
