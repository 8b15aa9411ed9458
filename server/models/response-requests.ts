import 'server-only'
import { z } from 'zod'
import { log } from '../log'

type Options = { baseUrl: string; apiKey: string; fetch: typeof globalThis.fetch }

type FollowOptions = {
  responseId: string
  /** Sequence number of the last event that came; -1 for all of them. */
  after: number
  signal: AbortSignal
}

export type Followed =
  | { status: 'streaming'; body: ReadableStream<Uint8Array> }
  /** Expired, cancelled or not ours: asking again will not help. */
  | { status: 'gone'; reason: string }
  | { status: 'unreachable' }

/** What can be asked about a response that OpenAI keeps while it is written (https://platform.openai.com/docs/guides/background). */
export type ResponseRequests = {
  /** Its events behind `after`, those to come included. Rejects only when `signal` fires. */
  follow(options: FollowOptions): Promise<Followed>
  /** Whether somebody ended it: its events then stop without a last one. Rejects only when `signal` fires. */
  isCancelled(options: { responseId: string; signal: AbortSignal }): Promise<boolean>
  /** Ends it, so that nothing more is written and billed. Gives up after 5 s, never rejects. */
  cancel(responseId: string): Promise<void>
}

const cancelWithinMs = 5_000
const stateSchema = z.object({ status: z.string() })

export function createResponseRequests({ baseUrl, apiKey, fetch }: Options): ResponseRequests {
  const headers = { authorization: `Bearer ${apiKey}` }
  const addressOf = (responseId: string) => `${baseUrl}/responses/${encodeURIComponent(responseId)}`

  async function follow({ responseId, after, signal }: FollowOptions): Promise<Followed> {
    const position = after < 0 ? '' : `&starting_after=${after}`
    try {
      const address = `${addressOf(responseId)}?stream=true${position}`
      return followed(await fetch(address, { headers, signal }))
    } catch {
      signal.throwIfAborted()
      return { status: 'unreachable' }
    }
  }

  return {
    follow,
    async isCancelled({ responseId, signal }) {
      try {
        const response = await fetch(addressOf(responseId), { headers, signal })
        return stateSchema.parse(await response.json()).status === 'cancelled'
      } catch {
        signal.throwIfAborted()
        return false
      }
    },
    async cancel(responseId) {
      try {
        const signal = AbortSignal.timeout(cancelWithinMs)
        const address = `${addressOf(responseId)}/cancel`
        const response = await fetch(address, { method: 'POST', headers, signal })
        await response.body?.cancel()
        if (!response.ok) throw new Error(`HTTP ${response.status}`)
      } catch (error) {
        log.warn('A background response could not be cancelled.', { responseId, error })
      }
    },
  }
}

function followed(response: Response): Followed {
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream')
  if (response.ok && response.body && isStream) return { status: 'streaming', body: response.body }
  void response.body?.cancel().catch(() => undefined)
  const { status } = response
  const passes = status >= 500 || status === 408 || status === 409 || status === 429
  return passes ? { status: 'unreachable' } : { status: 'gone', reason: `HTTP ${status}` }
}
