import 'server-only'
import type { MessageStatus } from '@/shared/chat/message'
import type { RunColumns, RunKind } from './schema'

/** One attempt to write one answer. Times are milliseconds since the epoch, UTC. */
export type RunRow = {
  id: string
  chatId: string
  userId: string
  /** The answer being written. */
  messageId: string
  kind: RunKind
  requestKey: string
  /** The process that writes. */
  instance: string
  status: MessageStatus
  /** The last event of the stream log that the stored answer covers. */
  seq: number
  heartbeatAt: number
  startedAt: number
  endedAt: number | null
  /** How the provider calls the answer; null where it can't be asked for again. */
  upstreamId: string | null
  /** Its writer is to end it as `stopped`. */
  stopRequested: boolean
}

export function toRunRow(row: RunColumns): RunRow {
  return {
    id: row.id,
    chatId: row.chat_id,
    userId: row.user_id,
    messageId: row.message_id,
    kind: row.kind,
    requestKey: row.request_key,
    instance: row.instance,
    status: row.status,
    seq: row.seq,
    heartbeatAt: row.heartbeat_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    upstreamId: row.upstream_id,
    stopRequested: row.stop_requested_at !== null,
  }
}
