import 'server-only'
import { encodeEvent } from '@/shared/stream/encode-event'
import { runKeyOf } from '@/shared/stream/event-id'
import type { RunEnd, StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import type { RunRow } from '../db/run-row'
import { sseResponse } from '../http/sse-response'
import type { Services } from '../services'
import { chunksOfParts } from './chunks-of-message'
import { runFrames } from './run-frames'
import { closingChunks } from './run-outcome'

type FollowOptions = { services: Services; runId: string; after: number; signal: AbortSignal }

/** The stream of a run as docs/protocol.md § 2 has it: replay behind `after`, then live, up to the terminal marker. */
export function followRun({ services, runId, after, signal }: FollowOptions): Response {
  return answerStream(runId, signal, (ended) =>
    runFrames(services.streamLog, { runId, after, signal: ended }),
  )
}

/** The run from its beginning; from the stored message when the log is no longer kept. */
export async function followRunFromStart({
  services,
  run,
  signal,
}: {
  services: Services
  run: RunRow
  signal: AbortSignal
}): Promise<Response> {
  if (await services.streamLog.head(run.id))
    return followRun({ services, runId: run.id, after: 0, signal })
  const events = await storedEvents(services, run)
  return answerStream(run.id, signal, () => storedFrames(run.id, events))
}

function answerStream(
  runId: string,
  signal: AbortSignal,
  frames: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
): Response {
  return sseResponse({
    frames,
    signal,
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
