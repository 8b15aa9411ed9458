import 'server-only'
import {
  APICallError,
  InvalidResponseDataError,
  JSONParseError,
  TypeValidationError,
} from '@ai-sdk/provider'
import { RetryError } from 'ai'
import type { RunError, RunErrorCode } from '@/shared/errors/run-error'
import { redact } from '../log'
import { providerWords, type ProviderWords } from './provider-words'

type Options = {
  /** Keys that must never show, even where a provider echoes them. */
  secrets?: readonly string[]
  /** Whether the key is the user's own, who can correct it. */
  isOwn?: boolean
  /** Milliseconds since the epoch; for `Retry-After` with a date. */
  now?: () => number
}

const detailLengthMax = 300
const neverRetryable = new Set<RunErrorCode>([
  'model-key-rejected',
  'own-key-rejected',
  'model-not-found',
  'model-refused-request',
  'context-too-long',
])

/**
 * Says what went wrong with a model in the words of RunError, from whatever `doStream`, `doGenerate` or an error part of
 * their streams brought: HTTP answers, errors inside a 200 stream of either API, broken connections, unreadable frames.
 * Anything else is a fault of ours and becomes `server-error`, without its text.
 */
export function runErrorOf(
  error: unknown,
  { secrets = [], isOwn = false, now = Date.now }: Options = {},
): RunError {
  const failure = failureOf(RetryError.isInstance(error) ? error.lastError : error)
  const found = failure.code ?? codeOf(failure)
  const code = isOwn && found === 'model-key-rejected' ? 'own-key-rejected' : found
  const retryAfterSeconds = retryAfterOf(failure.headers, now)
  const detail = failure.words.message && detailOf(failure.words.message, secrets)
  return {
    code,
    retryable: !neverRetryable.has(code) && !isOutOfQuota(failure),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(detail && { detail }),
  }
}

/** Whether an error part is a single frame that could not be read, rather than a failure the provider told. */
export function isMalformedFrame(error: unknown): boolean {
  return isUnreadable(error) && failureOf(error).code === 'model-malformed'
}

type Failure = {
  /** Known without looking at the words. */
  code?: RunErrorCode
  status?: number | undefined
  headers?: Record<string, string> | undefined
  words: ProviderWords
}

function failureOf(error: unknown): Failure {
  if (APICallError.isInstance(error)) return failureOfCall(error)
  if (isUnreadable(error)) return failureOfFrame(error)
  if (error instanceof Error) return failureOfNetwork(error) ?? { code: 'server-error', words: {} }
  const words = providerWords(error)
  return words ? { status: words.status, words } : { code: 'server-error', words: {} }
}

function failureOfCall(error: APICallError): Failure {
  const words = providerWords(error.data) ?? providerWords(error.responseBody)
  const status = error.statusCode
  if (status !== undefined && status >= 400) {
    const fallback = { message: error.message || `HTTP ${status}` }
    return { status, headers: error.responseHeaders, words: { ...fallback, ...words } }
  }
  if (isUnreadable(error.cause)) return failureOfFrame(error.cause)
  // A 200 whose body broke off, or no answer at all.
  return failureOfNetwork(error.cause) ?? { code: 'model-unreachable', words: {} }
}

type Unreadable = JSONParseError | TypeValidationError | InvalidResponseDataError

function isUnreadable(error: unknown): error is Unreadable {
  return (
    JSONParseError.isInstance(error) ||
    TypeValidationError.isInstance(error) ||
    InvalidResponseDataError.isInstance(error)
  )
}

/** A frame outside the schema may still be an error that the provider tells in its own shape. */
function failureOfFrame(error: Unreadable): Failure {
  const words = TypeValidationError.isInstance(error) ? providerWords(error.value) : undefined
  return words ? { status: words.status, words } : { code: 'model-malformed', words: {} }
}

const unreachableCode =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|EHOST\w+|ENET\w+|EPIPE|EPROTO|ETIMEDOUT|UND_ERR_\w+|CERT_\w+|ERR_(TLS|SSL)_\w+|DEPTH_ZERO_\w+|UNABLE_TO_\w+|SELF_SIGNED_\w+|HPE_\w+|ERR_ADDRESS_NOT_ALLOWED|ERR_REDIRECTED)$/

function failureOfNetwork(error: unknown): Failure | undefined {
  for (const current of causesOf(error)) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : ''
    if (current.name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(code)) {
      return { code: 'model-silent', words: {} }
    }
    if (unreachableCode.test(code)) return { code: 'model-unreachable', words: { message: code } }
  }
  const isFetchFailure =
    error instanceof TypeError && /^(fetch failed|failed to fetch|terminated)$/i.test(error.message)
  return isFetchFailure ? { code: 'model-unreachable', words: {} } : undefined
}

function causesOf(error: unknown): Error[] {
  const causes: Error[] = []
  for (
    let current = error;
    current instanceof Error && causes.length < 5;
    current = current.cause
  ) {
    causes.push(current)
  }
  return causes
}

const contextTooLong = new RegExp(
  [
    'context_length_exceeded',
    'exceed_context_size',
    'context (length|window|size)',
    "(exceeds?|larger than|over) (the |this )?(model'?s? )?(available |maximum |max )?context",
    'maximum (allowed )?(number of )?(input )?tokens',
    'number of tokens to keep from the initial prompt',
    '(prompt|input|request|message)s? (is|are) too (long|large)',
    'input length',
    'reduce the length of',
  ].join('|'),
  'i',
)

function codeOf({ status, words }: Failure): RunErrorCode {
  const kind = `${words.code ?? ''} ${words.type ?? ''}`.toLowerCase()
  const text = `${kind} ${words.message ?? ''}`
  if (status === 429 || /rate_limit|insufficient_quota|too_many_requests/.test(kind))
    return 'model-rate-limited'
  if (status === 402) return 'model-rate-limited'
  if (/model_not_found/.test(kind)) return 'model-not-found'
  if (status === 401 || status === 403) return 'model-key-rejected'
  if (status === 413 || contextTooLong.test(text)) return 'context-too-long'
  if (status === 404 || isModelMissing(text)) return 'model-not-found'
  if (status === undefined) return codeOfKind(kind)
  if (status >= 500 || status === 408 || status === 409 || status === 425)
    return 'model-unavailable'
  return 'model-refused-request'
}

/** For errors inside a stream, where no HTTP status tells. */
function codeOfKind(kind: string): RunErrorCode {
  if (/authentication|api_key|unauthorized|permission/.test(kind)) return 'model-key-rejected'
  if (/not_found/.test(kind)) return 'model-not-found'
  if (/invalid|bad_?request/.test(kind)) return 'model-refused-request'
  return 'model-unavailable'
}

function isModelMissing(text: string): boolean {
  return /\bmodel\b.{0,300}\b(not found|does not exist|is not loaded)\b|\bno models? (are )?loaded\b/i.test(
    text.slice(0, 400),
  )
}

/** Waiting does not help where the account is out of money. */
function isOutOfQuota({ status, words }: Failure): boolean {
  return (
    status === 402 || /insufficient_quota|billing/.test(`${words.code ?? ''} ${words.type ?? ''}`)
  )
}

function retryAfterOf(
  headers: Record<string, string> | undefined,
  now: () => number,
): number | undefined {
  const ms = Number(headers?.['retry-after-ms'] || Number.NaN)
  if (ms >= 0) return Math.ceil(ms / 1000)
  const value = headers?.['retry-after']?.trim()
  if (!value) return undefined
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value))
  const waitMs = Date.parse(value) - now()
  return Number.isNaN(waitMs) ? undefined : Math.max(0, Math.ceil(waitMs / 1000))
}

function detailOf(message: string, secrets: readonly string[]): string {
  const struck = withoutSecrets(message, secrets).slice(0, 10 * detailLengthMax)
  const clean = withoutAddresses(withoutMaskedKeys(struck))
  const line = clean.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
  const characters = Array.from(line)
  return characters.length <= detailLengthMax
    ? line
    : `${characters.slice(0, detailLengthMax - 1).join('')}…`
}

function withoutSecrets(text: string, secrets: readonly string[]): string {
  const longestFirst = secrets.filter(Boolean).toSorted((left, right) => right.length - left.length)
  return longestFirst.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), text)
}

/** Providers echo keys with stars in the middle: enough to recognise one by. */
function withoutMaskedKeys(text: string): string {
  return redact(text).replaceAll(/[^\s"'`:]*\*{3,}[^\s"'`.,]*/g, '[redacted]')
}

function withoutAddresses(text: string): string {
  return text.replaceAll(
    /(https?:\/\/)(?:[^\s/@"'<>]*@)?([^\s?#"'<>]*)(?:[?#][^\s"'<>]*)?/gi,
    '$1$2',
  )
}
