import type { UIMessageChunk } from 'ai'
import type { MessageMetadata, MessageStatus } from '../chat/message'

export type StreamChunk = UIMessageChunk<MessageMetadata>

/** How a run ended. */
export type RunEnd = Exclude<MessageStatus, 'running'>

/** One entry of a stream log: a chunk of the answer, or the end of the run. `seq` counts 1, 2, 3 … within the run. */
export type StreamEvent =
  | { readonly seq: number; readonly chunk: StreamChunk }
  | { readonly seq: number; readonly end: RunEnd }

/** The same without its place in a log, for what is made from a stored answer. */
export type UnnumberedEvent = { readonly chunk: StreamChunk } | { readonly end: RunEnd }

export function isEnd(event: StreamEvent): event is Extract<StreamEvent, { end: RunEnd }> {
  return 'end' in event
}
