import type * as z from 'zod/mini'
import type { Problem } from '@/shared/errors/problem'

export type Fetch = (path: string, init?: RequestInit) => Promise<Response>

/** Looked up at each call, so that what patches `fetch` later is used too. */
export const browserFetch: Fetch = (path, init) => fetch(path, init)

/** A request that was refused, or got no answer. Its `code` names a text under `errors.<code>`. */
export class ProblemError extends Error {
  readonly problem: Problem
  /** When the server said how long to wait. */
  readonly retryAfterMs: number | undefined

  constructor(problem: Problem, retryAfterMs?: number) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
    this.retryAfterMs = retryAfterMs
  }
}

/** What the browser states by itself: nobody answered. */
export const unreachableProblem: Problem = {
  title: 'Unreachable',
  status: 0,
  code: 'unreachable',
  detail: 'The server could not be reached. Check the connection, then try again.',
  requestId: '',
}

/** The other one: what the server would say, known before it is asked. */
export const busyProblem: Problem = {
  title: 'Busy',
  status: 409,
  code: 'chat-busy',
  detail: 'An answer is still being written in this chat.',
  requestId: '',
}

/** What stood in the way; whatever is no answer of the server's means that nobody answered. */
export function problemOf(error: unknown): Problem {
  return error instanceof ProblemError ? error.problem : unreachableProblem
}

/** A connection may hang without breaking; then nobody answered either. */
const answerMsMax = 30_000

type RequestOptions = {
  method?: string
  body?: unknown
  signal?: AbortSignal
  /** How long the whole answer may take, in milliseconds. */
  answerMs?: number
}

/** Asks for JSON and parses it. Rejects with a `ProblemError`, or with the signal's reason. */
export async function requestJson<Schema extends z.ZodMiniType>(
  fetch: Fetch,
  path: string,
  options: RequestOptions & { schema: () => Promise<Schema> },
): Promise<z.output<Schema>> {
  const response = await request(fetch, path, options)
  const text = await response.text().catch((error: unknown) => {
    throw noAnswer(error, options.signal)
  })
  const schema = await options.schema().catch((error: unknown) => {
    throw noAnswer(error, options.signal)
  })
  const parsed = schema.safeParse(parseJson(text))
  if (!parsed.success) throw new ProblemError(unexpectedAnswer(response))
  return parsed.data
}

/** A request whose answer has no body that matters. */
export async function requestNothing(
  fetch: Fetch,
  path: string,
  options: RequestOptions & { method: string },
): Promise<void> {
  const response = await request(fetch, path, options)
  await response.body?.cancel()
}

/** What a refusal says; a proxy's page in place of ours becomes a plain problem with its status. */
export async function problemErrorOf(response: Response): Promise<ProblemError> {
  return new ProblemError(
    (await readProblem(response)) ?? unexpectedAnswer(response),
    retryAfterMsOf(response.headers.get('retry-after')),
  )
}

async function readProblem(response: Response): Promise<Problem | undefined> {
  try {
    const value = parseJson(await response.text())
    const { problemSchema } = await import('@/shared/errors/problem')
    return problemSchema.safeParse(value).data
  } catch {
    return undefined
  }
}

/** `Retry-After` in seconds; a date is rare enough to be left to the back-off. */
export function retryAfterMsOf(header: string | null): number | undefined {
  return header !== null && /^[0-9]{1,6}$/.test(header) ? Number(header) * 1_000 : undefined
}

async function request(
  fetch: Fetch,
  path: string,
  { method = 'GET', body = {}, signal, answerMs = answerMsMax }: RequestOptions,
): Promise<Response> {
  const init: RequestInit = {
    method,
    headers: { accept: 'application/json' },
    signal: AbortSignal.any([AbortSignal.timeout(answerMs), ...(signal ? [signal] : [])]),
  }
  if (method !== 'GET') {
    init.headers = { accept: 'application/json', 'content-type': 'application/json' }
    init.body = JSON.stringify(body)
  }
  const response = await fetch(path, init).catch((error: unknown) => {
    throw noAnswer(error, signal)
  })
  if (!response.ok) throw await problemErrorOf(response)
  return response
}

/** A connection that broke, before the answer or in it; the caller's own reason when it was the caller who broke it. */
function noAnswer(error: unknown, signal: AbortSignal | undefined): unknown {
  return signal?.aborted ? error : new ProblemError(unreachableProblem)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function unexpectedAnswer(response: Response): Problem {
  return {
    title: response.statusText || 'Unexpected answer',
    status: response.status,
    code: 'internal',
    detail: `The server answered ${response.status} in a form that was not understood.`,
    requestId: response.headers.get('x-request-id') ?? '',
  }
}
