/** An SSE event id: the run it belongs to, and the position in it (docs/protocol.md § 2). */
export type EventId = { runKey: string; seq: number }

/** Long enough to tell apart the runs of one chat, short enough to repeat in every event. */
export function runKeyOf(runId: string): string {
  return runId.replaceAll('-', '').slice(-10)
}

export function formatEventId({ runKey, seq }: EventId): string {
  return `${runKey}.${seq}`
}

/** Reads an id that a client sent back; nothing when it is not one of ours. */
export function parseEventId(text: string): EventId | undefined {
  const match = /^([A-Za-z0-9]{1,16})\.(0|[1-9][0-9]{0,14})$/.exec(text)
  if (!match?.[1] || !match[2]) return undefined
  return { runKey: match[1], seq: Number(match[2]) }
}
