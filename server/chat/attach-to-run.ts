import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import { parseEventId, runKeyOf } from '@/shared/stream/event-id'
import type { RunRow } from '../db/run-row'
import type { Services } from '../services'
import { liveRun, liveRunOf } from './settle-runs'

export type AttachOptions = {
  services: Services
  userId: string
  chatId: string
  /** An answer other than the selected one. */
  answerId?: string | undefined
  /** As the client sent it; nothing for a whole replay of what is active. */
  lastEventId: string | null
}

/** Where to read, or nothing when there is nothing to follow (the route then answers 204). */
export type Attachment = { run: RunRow; after: number } | undefined

/**
 * Finds the run a client wants to follow: the one its last event belongs to, behind that event, else the active one from
 * its beginning. An id from an older run is never applied to a newer one (docs/protocol.md § 2).
 */
export async function attachToRun({
  services,
  userId,
  chatId,
  answerId,
  lastEventId,
}: AttachOptions): Promise<Attachment> {
  if (!(await services.db.chats.get({ userId, chatId })))
    throw new AppError('not-found', 'There is no such chat.')
  const position = lastEventId ? requirePosition(lastEventId) : undefined
  const active = await (answerId === undefined
    ? liveRun(services, { userId, chatId })
    : liveRunOf(services, { userId, chatId, messageId: answerId }))
  if (!position) return active && { run: active, after: 0 }
  if (active && runKeyOf(active.id) === position.runKey) return { run: active, after: position.seq }

  const earlier = await services.db.runs.byKey({ userId, chatId, runKey: position.runKey })
  if (!earlier) throw new AppError('not-found', 'The event id belongs to no run of this chat.')
  if (active) return { run: active, after: 0 }
  const head = await services.streamLog.head(earlier.id)
  return head && position.seq < head.seq ? { run: earlier, after: position.seq } : undefined
}

function requirePosition(lastEventId: string) {
  const position = parseEventId(lastEventId)
  if (position) return position
  throw new AppError(
    'malformed-event-id',
    'Last-Event-ID is not an id of this stream. Leave it out for a whole replay.',
  )
}
