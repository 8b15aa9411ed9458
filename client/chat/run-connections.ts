import type { ChatRequest } from '@/shared/chat/chat-request'
import {
  problemErrorOf,
  ProblemError,
  retryAfterMsOf,
  unreachableProblem,
  type Fetch,
} from '../api/http'
import { createBackOff, type BackOff } from '../stream/back-off'
import { createLink, isEventStream, type Link } from '../stream/link'
import type { PageSignals } from '../stream/page-signals'
import { abortReason, type Timers } from '../stream/timers'

export type ConnectionEnvironment = {
  fetch: Fetch
  timers: Timers
  page: PageSignals
  /** From 0 up to 1. */
  random: () => number
}

/** A response that streams a run, with its socket held. */
export type Attached = {
  status: 'attached'
  response: Response
  body: ReadableStream<Uint8Array>
  link: Link
}

/** What an attempt to attach came to, when the server decided it. Other refusals are thrown as `ProblemError`. */
export type AttachOutcome = Attached | { status: 'none' } | { status: 'truncated' }

type Attempt = AttachOutcome | { status: 'failed'; atLeastMs?: number | undefined }

export type RunRequest = Pick<
  ChatRequest,
  'id' | 'trigger' | 'message' | 'messageId' | 'parentId' | 'model' | 'compareWith' | 'begin'
>

const silenceMsMax = 30_000
const attemptsMax = 5

/**
 * Starts a run and answers with its stream. A message whose response was lost is sent again as it is: its id makes that
 * one run (docs/protocol.md § 1, rule 5). Other requests have no such id, so they only look for the run they may have
 * started. `none`: the run was started by an earlier try, and is over. Rejects with a `ProblemError` when refused, or when nobody answers.
 */
export async function startRun(
  environment: ConnectionEnvironment,
  { request, signal }: { request: RunRequest; signal: AbortSignal },
): Promise<Attached | { status: 'none' }> {
  const backOff = createBackOff(environment)
  const maySendAgain = request.trigger === 'submit-message'
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const sends = attempt === 1 || maySendAgain
    const outcome = sends
      ? await attemptStart(environment, { request, signal })
      : await attemptAttach(environment, { chatId: request.id, signal })
    if (outcome.status === 'attached') return outcome
    if (outcome.status === 'none' && sends) return outcome
    if (outcome.status !== 'failed') break
    if (attempt < attemptsMax) await backOff.wait({ signal })
  }
  throw new ProblemError(unreachableProblem)
}

/** Attaches to the chat's run, trying until the server has answered. `backOff` outlives the call: progress resets it. */
export async function attachToRun(
  environment: ConnectionEnvironment,
  options: {
    chatId: string
    lastEventId?: string | undefined
    backOff: BackOff
    waitsFirst: boolean
    signal: AbortSignal
    onFailed: () => void
  },
): Promise<AttachOutcome> {
  const { backOff, signal, onFailed } = options
  if (options.waitsFirst) await backOff.wait({ signal })
  while (true) {
    const outcome = await attemptAttach(environment, options)
    if (outcome.status !== 'failed') return outcome
    onFailed()
    await backOff.wait({ signal, atLeastMs: outcome.atLeastMs })
  }
}

async function attemptStart(
  environment: ConnectionEnvironment,
  { request, signal }: { request: RunRequest; signal: AbortSignal },
): Promise<Attached | { status: 'failed' } | { status: 'none' }> {
  const attempt = await open(environment, '/api/chat', {
    signal,
    init: {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(request),
    },
  })
  if (attempt.status !== 'answered') return attempt
  if (attempt.response.status !== 204) throw await refusal(attempt)
  attempt.link.release()
  return { status: 'none' }
}

async function attemptAttach(
  environment: ConnectionEnvironment,
  options: { chatId: string; lastEventId?: string | undefined; signal: AbortSignal },
): Promise<Attempt> {
  const { chatId, lastEventId, signal } = options
  const path = `/api/chat/${encodeURIComponent(chatId)}/stream`
  const headers = {
    accept: 'text/event-stream',
    ...(lastEventId && { 'last-event-id': lastEventId }),
  }
  const attempt = await open(environment, path, { signal, init: { headers } })
  if (attempt.status !== 'answered') return attempt
  const { response } = attempt
  if (response.status === 204 || response.status === 410) {
    attempt.link.release()
    return { status: response.status === 204 ? 'none' : 'truncated' }
  }
  if (response.status !== 429 && response.status < 500) throw await refusal(attempt)
  attempt.link.release()
  return { status: 'failed', atLeastMs: retryAfterMsOf(response.headers.get('retry-after')) }
}

/** One request. `answered` means: by something else than an event stream; the caller reads it and releases the link. */
async function open(
  { fetch, timers, page }: ConnectionEnvironment,
  path: string,
  { signal, init }: { signal: AbortSignal; init: RequestInit },
): Promise<
  Attached | { status: 'failed' } | { status: 'answered'; response: Response; link: Link }
> {
  if (signal.aborted) throw abortReason(signal)
  const link = createLink(signal, { timers, page, silenceMsMax })
  try {
    const response = await fetch(path, { ...init, cache: 'no-store', signal: link.signal })
    link.touch()
    const { body } = response
    if (response.status === 200 && body && isEventStream(response)) {
      return { status: 'attached', response, body, link }
    }
    // A page of somebody between us and the server, such as a network's sign-in: no answer of ours.
    if (response.status === 200) throw new TypeError('The answer is no event stream.')
    return { status: 'answered', response, link }
  } catch {
    link.release()
    if (signal.aborted) throw abortReason(signal)
    return { status: 'failed' }
  }
}

async function refusal({
  response,
  link,
}: {
  response: Response
  link: Link
}): Promise<ProblemError> {
  const error = await problemErrorOf(response)
  link.release()
  return error
}
