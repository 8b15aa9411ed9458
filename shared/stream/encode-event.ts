import { formatEventId } from './event-id'
import type { StreamEvent, UnnumberedEvent } from './stream-event'

/** Sent first: the wait before a native `EventSource` reconnects, and bytes that make the server flush its headers. */
export const streamPreamble = 'retry: 1000\n: ok\n\n'
export const keepAliveComment = ': keep-alive\n\n'

/** One event in the wire format of docs/protocol.md § 2. JSON holds no bare line ends, so one `data` line is enough. */
export function encodeEvent(runKey: string, event: StreamEvent): string {
  return `id: ${formatEventId({ runKey, seq: event.seq })}\n${encodeUnnumbered(event)}`
}

/** Without an id, for an event that is not the log's: who is cut off behind it has no place to go on from. */
export function encodeUnnumbered(event: UnnumberedEvent): string {
  const payload = 'end' in event ? '[DONE]' : JSON.stringify(event.chunk)
  return `data: ${payload}\n\n`
}
