import 'server-only'
import { encodeEvent } from '@/shared/stream/encode-event'
import { runKeyOf } from '@/shared/stream/event-id'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import type { Session } from '../auth/session-token'
import type { RunRow } from '../db/run-row'
import { sseResponse, type SseOptions } from '../http/sse-response'
import type { Services } from '../services'
import { chunksOfParts } from './chunks-of-message'
import { readingRight } from './reading-right'
import { runFrames } from './run-frames'
import { closingChunks } from './run-outcome'

export type Following = {
  services: Services
  /** Whoever reads; the response ends when the session does. */
  session: Session
  signal: AbortSignal
}

/** The stream of a run as docs/protocol.md § 2 has it: replay behind `after`, then live, up to the terminal marker. */
export function followRun({
  chatId,
  runId,
  after,
  ...following
}: Following & { chatId: string; runId: string; after: number }): Response {
  return answerStream(following, {
    chatId,
    runId,
    resumed: after > 0,
    frames: (signal) => runFrames(following.services.streamLog, { runId, after, signal }),
  })
}

/** The run from its beginning; from the stored message when the log is no longer kept. */
export async function followRunFromStart({
  run,
  ...following
}: Following & { run: RunRow }): Promise<Response> {
  const { chatId, id: runId } = run
  if (await following.services.streamLog.head(runId))
    return followRun({ ...following, chatId, runId, after: 0 })
  const events = await storedEvents(following.services, run)
  const frames = () => storedFrames(runId, events)
  return answerStream(following, { chatId, runId, resumed: false, frames })
}

type AnswerStream = Pick<SseOptions, 'frames'> & {
  chatId: string
  runId: string
  resumed: boolean
}

function answerStream(
  { services, session, signal }: Following,
  { chatId, runId, resumed, frames }: AnswerStream,
): Response {
  return sseResponse({
    frames,
    signal,
    mayRead: readingRight({ services, session, chatId }),
    reader: { kind: 'run', resumed },
    metrics: services.metrics,
    headers: { 'x-vercel-ai-ui-message-stream': 'v1', 'x-run-id': runId },
  })
}

async function storedEvents(services: Services, run: RunRow): Promise<StreamEvent[]> {
  const message = await services.db.messages.get(run)
  const metadata = message?.metadata
  const chunks: StreamChunk[] =
    message && metadata
      ? [
          { type: 'start', messageId: message.id, messageMetadata: metadata },
          ...chunksOfParts(message.parts),
          ...closingChunks(metadata),
        ]
      : []
  const end: RunEnd = run.status === 'running' ? 'interrupted' : run.status
  return [
    ...chunks.map((chunk, index) => ({ seq: index + 1, chunk })),
    { seq: chunks.length + 1, end },
  ]
}

async function* storedFrames(
  runId: string,
  events: readonly StreamEvent[],
): AsyncGenerator<Uint8Array> {
  const runKey = runKeyOf(runId)
  yield new TextEncoder().encode(events.map((event) => encodeEvent(runKey, event)).join(''))
}
