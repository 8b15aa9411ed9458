import type { FinishReason, StreamErrorFields, Usage } from './steps'

/** Writes one streamed answer in the words of one API. Every method returns what goes on the wire. */
export type WireWriter = {
  start(): string
  text(delta: string): string
  reasoning(delta: string): string
  error(error: StreamErrorFields): string
  finish(reason: FinishReason, usage: Usage): string
}

export type WholeAnswer = { text: string; reasoning: string; reason: FinishReason; usage: Usage }

export type WireFormat = {
  writer(body: Record<string, unknown>): WireWriter
  /** The answer of a request without `stream`. */
  whole(body: Record<string, unknown>, answer: WholeAnswer): unknown
}
