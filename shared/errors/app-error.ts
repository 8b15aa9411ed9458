/** Every way a request can be refused. Each has a text under `errors.<code>`; the table gives its HTTP status. */
export const statusOfError = {
  'malformed-body': 400,
  'invalid-request': 400,
  'empty-message': 400,
  'message-too-long': 400,
  'unknown-model': 400,
  'malformed-event-id': 400,
  unauthenticated: 401,
  'cross-site-request': 403,
  'endpoints-off': 403,
  'not-found': 404,
  'not-queued': 404,
  'unknown-preset': 404,
  'chat-busy': 409,
  'queue-full': 409,
  'log-truncated': 410,
  'body-too-large': 413,
  'unsupported-media-type': 415,
  'endpoint-unusable': 422,
  'wrong-host': 421,
  'rate-limited': 429,
  internal: 500,
  'not-configured': 503,
  'shutting-down': 503,
  'log-unavailable': 503,
} as const

export type ErrorCode = keyof typeof statusOfError

const mark = Symbol.for('rivulet.AppError')

/** An outcome the caller may expect. Its message is meant for the person who called: it names the thing and the next step. */
export class AppError extends Error {
  readonly code: ErrorCode
  /** Members added to the problem response, such as the active run's id. */
  readonly extra: Record<string, string | number>

  /** `instanceof` also holds across copies of this class: Next bundles it once for each route and for the start. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && mark in value
  }

  readonly [mark] = true

  constructor(code: ErrorCode, message: string, extra: Record<string, string | number> = {}) {
    super(message)
    this.name = 'AppError'
    this.code = code
    this.extra = extra
  }

  get status(): number {
    return statusOfError[this.code]
  }
}
