import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import type { StreamChunk, UnnumberedEvent } from '@/shared/stream/stream-event'
import type { RunRow } from '../db/run-row'
import type { Services } from '../services'
import { closingChunks } from './run-outcome'
import { settleRun } from './settle-runs'

/** A running answer is stored about this often. */
const pollMs = 500

/**
 * The events of a run whose log is not at hand, made from what is stored: all at once when it has ended; checkpoint by
 * checkpoint while an instance writes it that shares no log with this one. They have no place in the log, so a reader
 * that is cut off begins anew.
 */
export async function* storedRunEvents(
  services: Services,
  { run, signal }: { run: RunRow; signal: AbortSignal },
): AsyncGenerator<readonly UnnumberedEvent[]> {
  const replay = new StoredReplay()
  while (!signal.aborted) {
    const stored = await readStored(services, run.id)
    if (!stored) return
    const events = replay.advance(stored)
    if (events.length > 0) yield events
    if (stored.run.status !== 'running') return
    await delay(pollMs, undefined, { signal }).catch(() => undefined)
  }
}

type Stored = { run: RunRow; message: ChatMessage | undefined }

/** A run and its answer as of one moment: a position that the text does not belong to would make a reader miss some. */
async function readStored(services: Services, runId: string): Promise<Stored | undefined> {
  for (let run = await services.db.runs.find({ runId }); run;) {
    if (run.status === 'running') await settleRun(services, run)
    const message = await services.db.messages.get(run)
    const again = await services.db.runs.find({ runId })
    if (again?.seq === run.seq && again.status === run.status) return { run, message }
    run = again
  }
  return undefined
}

/** Turns what is stored, time after time, into the events between one time and the next. */
class StoredReplay {
  #parts: readonly MessagePart[] | undefined

  advance({ run, message }: Stored): UnnumberedEvent[] {
    const chunks = message ? this.#chunks(run, message) : []
    const events = chunks.map((chunk) => ({ chunk }))
    return run.status === 'running' ? events : [...events, { end: run.status }]
  }

  #chunks(run: RunRow, { id, parts, metadata }: ChatMessage): StreamChunk[] {
    const start: StreamChunk = {
      type: 'start',
      messageId: id,
      ...(metadata && { messageMetadata: metadata }),
    }
    const grown = chunksBetween(this.#parts ?? [], parts)
    const closing = run.status !== 'running' && metadata ? closingChunks(metadata) : []
    const begun = this.#parts !== undefined
    this.#parts = structuredClone(parts)
    return [...(begun ? [] : [start]), ...grown, ...closing]
  }
}

/** The chunks that lead from the earlier parts to the later ones, of which they are a beginning. */
function chunksBetween(
  earlier: readonly MessagePart[],
  later: readonly MessagePart[],
): StreamChunk[] {
  return later.flatMap((part, index) => {
    const id = `stored-${index}`
    return part.type === 'text' || part.type === 'reasoning'
      ? chunksOfText(earlier[index], { ...part, id })
      : chunksOfSource(earlier[index], part)
  })
}

type TextPart = Extract<MessagePart, { type: 'text' | 'reasoning' }>

function chunksOfText(
  earlier: MessagePart | undefined,
  { type, id, text, state }: TextPart & { id: string },
): StreamChunk[] {
  const before = earlier?.type === type ? earlier : undefined
  const delta = text.slice(before?.text.length ?? 0)
  const ended = state !== 'streaming' && (!before || before.state === 'streaming')
  return [
    ...(before ? [] : [{ type: `${type}-start` as const, id }]),
    ...(delta ? [{ type: `${type}-delta` as const, id, delta }] : []),
    ...(ended ? [{ type: `${type}-end` as const, id }] : []),
  ]
}

function chunksOfSource(earlier: MessagePart | undefined, part: MessagePart): StreamChunk[] {
  if (earlier || part.type !== 'source-url') return []
  const { sourceId, url, title } = part
  return [{ type: 'source-url', sourceId, url, ...(title && { title }) }]
}
