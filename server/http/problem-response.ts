import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Problem } from '@/shared/errors/problem'
import { log } from '../log'

/** A refusal as RFC 9457 has it. A bug answers 500 and tells nothing but the request id, under which the log has it. */
export function problemResponse(error: unknown, requestId: string): Response {
  const known = error instanceof AppError ? refusal(error, requestId) : bug(error, requestId)
  const problem: Problem = {
    title: titleOf(known.code),
    status: known.status,
    code: known.code,
    detail: known.message,
    requestId,
    ...known.extra,
  }
  const { retryAfterSeconds } = known.extra
  return new Response(JSON.stringify(problem), {
    status: known.status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    },
  })
}

/** What the server could not do is worth a line; what a request got wrong is so only to those who look for it. */
function refusal(error: AppError, requestId: string): AppError {
  const { code, status } = error
  const level = status >= 500 ? 'warn' : 'debug'
  log[level]('A request was refused.', { requestId, code, status })
  return error
}

function bug(error: unknown, requestId: string): AppError {
  log.error('A request broke.', { requestId, error })
  return new AppError(
    'internal',
    'Something went wrong here. Try again; the request id names it in the log.',
  )
}

function titleOf(code: string): string {
  const words = code.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
