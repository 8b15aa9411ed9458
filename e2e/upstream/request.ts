import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'

export type UpstreamRequest = {
  method: string
  path: string
  query: Record<string, string>
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  /** The newest user message, joined. */
  userText: string
  /** Whether the caller hung up before the answer was complete. */
  aborted: boolean
  /** Milliseconds since the epoch. */
  abortedAt: number | undefined
  whenAborted: Promise<void>
}

export async function readRequest(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<UpstreamRequest> {
  const aborted = Promise.withResolvers<void>()
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(Buffer.from(chunk))
  const body = parseBody(Buffer.concat(chunks).toString('utf8'))
  const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://localhost')
  const request: UpstreamRequest = {
    method: incoming.method ?? '',
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers: incoming.headers,
    body,
    userText: userTextOf(body),
    aborted: false,
    abortedAt: undefined,
    whenAborted: aborted.promise,
  }
  response.on('close', () => {
    if (response.writableFinished) return
    request.aborted = true
    request.abortedAt = Date.now()
    aborted.resolve()
  })
  return request
}

function parseBody(text: string): Record<string, unknown> {
  if (!text) return {}
  const body: unknown = JSON.parse(text)
  return isRecord(body) ? body : {}
}

function userTextOf(body: Record<string, unknown>): string {
  const messages = Array.isArray(body['messages']) ? body['messages'] : body['input']
  if (!Array.isArray(messages)) return ''
  const newest = messages.filter(isRecord).findLast(({ role }) => role === 'user')
  const content = newest?.['content']
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .filter(isRecord)
    .flatMap(({ text }) => (typeof text === 'string' ? [text] : []))
    .join('\n')
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
