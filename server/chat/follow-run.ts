import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Session } from '../auth/session-token'
import type { RunRow } from '../db/run-row'
import { sseResponse, type SseOptions } from '../http/sse-response'
import type { Services } from '../services'
import type { LogHead } from '../stream-log/stream-log'
import { shuttingDown } from './active-runs'
import { readingRight } from './reading-right'
import { runEvents } from './run-events'
import { runFrames, storedFrames } from './run-frames'
import { storedRunEvents } from './stored-run'

export type Following = {
  services: Services
  /** Whoever reads; the response ends when the session does. */
  session: Session
  signal: AbortSignal
}

/**
 * The stream of a run as docs/protocol.md § 2 has it: replay behind `after`, then live, up to the terminal marker. From
 * what is stored when its log is not at hand. Throws `log-truncated` when that cannot be continued from `after`.
 */
export async function followRun({
  run,
  after,
  ...following
}: Following & { run: RunRow; after: number }): Promise<Response> {
  const { services } = following
  if (services.activeRuns.leavingSignal.aborted) throw shuttingDown()
  const head = await services.streamLog.head(run.id)
  if (after > 0 && !hasPosition(head, after)) {
    throw new AppError(
      'log-truncated',
      'The stream cannot be continued from there. Load the messages, then attach without Last-Event-ID.',
    )
  }
  return answerStream(following, {
    run,
    resumed: after > 0,
    frames: (signal) =>
      head
        ? runFrames(run.id, runEvents(services, { runId: run.id, after, signal }))
        : storedFrames(storedRunEvents(services, { run, signal })),
  })
}

function hasPosition(head: LogHead | undefined, position: number): boolean {
  if (!head) return false
  return !head.lost || position <= head.lost.after || position >= head.lost.before
}

type AnswerStream = Pick<SseOptions, 'frames'> & { run: RunRow; resumed: boolean }

function answerStream(
  { services, session, signal }: Following,
  { run, resumed, frames }: AnswerStream,
): Response {
  return sseResponse({
    frames,
    signal: AbortSignal.any([signal, services.activeRuns.leavingSignal]),
    mayRead: readingRight({ services, session, chatId: run.chatId }),
    reader: { kind: 'run', resumed },
    metrics: services.metrics,
    headers: { 'x-vercel-ai-ui-message-stream': 'v1', 'x-run-id': run.id },
  })
}
