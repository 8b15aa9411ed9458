/** One thing the scripted upstream does while it answers. Without an end of its own, an answer finishes with `stop`. */
export type Step =
  | { type: 'text'; delta: string }
  | { type: 'reasoning'; delta: string }
  | { type: 'wait'; until: Promise<unknown> | number }
  /** Only before any output: answers with this status instead of a stream. */
  | { type: 'status'; code: number; headers: Record<string, string>; body: unknown }
  /** An error object inside the 200 stream, in the words of the wire format. */
  | { type: 'error'; error: StreamErrorFields }
  /** A `data:` line that is no JSON. */
  | { type: 'malformed'; payload: string }
  /** These bytes as they stand, wherever they fall. */
  | { type: 'raw'; bytes: Uint8Array | string }
  /** From here on, writes go out in pieces of this many bytes. */
  | { type: 'split'; bytes: number }
  | { type: 'finish'; reason: FinishReason; usage: Usage | undefined }
  /** The stream ends in good order, but the answer does not. */
  | { type: 'eof' }
  /** Nothing more is written and the socket closes in good order, in the middle of the response. */
  | { type: 'half-close' }
  /** The socket is destroyed. */
  | { type: 'reset' }

export type FinishReason = 'stop' | 'length' | 'content-filter'
export type StreamErrorFields = { message: string; code?: string | number; type?: string }
export type Usage = { input: number; cached: number; output: number; reasoning: number }

export const step = {
  text: (delta: string): Step => ({ type: 'text', delta }),
  reasoning: (delta: string): Step => ({ type: 'reasoning', delta }),
  wait: (until: Promise<unknown> | number): Step => ({ type: 'wait', until }),
  status: (code: number, body: unknown = {}, headers: Record<string, string> = {}): Step => ({
    type: 'status',
    code,
    headers,
    body,
  }),
  error: (error: StreamErrorFields): Step => ({ type: 'error', error }),
  malformed: (payload = '{"cut":'): Step => ({ type: 'malformed', payload }),
  raw: (bytes: Uint8Array | string): Step => ({ type: 'raw', bytes }),
  split: (bytes: number): Step => ({ type: 'split', bytes }),
  finish: (reason: FinishReason = 'stop', usage?: Usage): Step => ({
    type: 'finish',
    reason,
    usage,
  }),
  eof: (): Step => ({ type: 'eof' }),
  halfClose: (): Step => ({ type: 'half-close' }),
  reset: (): Step => ({ type: 'reset' }),
}

export type Gate = { opened: Promise<void>; open: () => void }

/** Holds a stream until the test opens it: `step.wait(gate.opened)`. */
export function gate(): Gate {
  const { promise, resolve } = Promise.withResolvers<void>()
  return { opened: promise, open: resolve }
}

/** Text cut into pieces about as large as a model's tokens; joined again they are the text. */
export function tokensOf(text: string): string[] {
  return text.match(/\s*[A-Za-z]{1,6}|\s*[0-9]{1,3}|\s*[^\sA-Za-z0-9]|\s+$/gu) ?? []
}
