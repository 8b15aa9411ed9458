import { vi } from 'vitest'
import type { UpstreamRequest } from '@/e2e/upstream/request'
import type { Scenario } from '@/e2e/upstream/scenario'
import { startUpstream, type Upstream } from '@/e2e/upstream/upstream'
import { chatRequestSchema } from '@/shared/chat/chat-request'
import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import type { StreamEvent, UnnumberedEvent } from '@/shared/stream/stream-event'
import { openDatabase } from '../../db/database'
import { parseEnv } from '../../env'
import { createServices, type Services } from '../../services'
import { loadChat } from '../load-chat'
import type { StartedRun } from '../launch-run'
import { startRun } from '../start-run'

export const userId = 'user-1'
export const chatId = 'chat-1'

/** The use cases on a database in memory, with a model server on a real socket. */
export type ChatBench = AsyncDisposable & {
  services: Services
  upstream: Upstream
  send(
    text: string,
    options?: { id?: string; chatId?: string; userId?: string },
  ): Promise<StartedRun>
  request(body: Record<string, unknown>): Promise<StartedRun>
  /** What the model was asked to stream so far; titles and lists of models apart. */
  streamed(): UpstreamRequest[]
  /** Resolves with the first request for a stream, once it has come. */
  firstStreamed(): Promise<UpstreamRequest>
  events(runId: string): Promise<StreamEvent[]>
  messages(): Promise<ChatMessage[]>
  /** The newest answer of the chat, by its text and how it stands. */
  answer(): Promise<{ text: string; message: ChatMessage }>
}

export async function openChatBench(
  scenario: Scenario,
  replaced: Partial<Services> = {},
): Promise<ChatBench> {
  const upstream = await startUpstream({ intervalMs: 0 })
  upstream.respond(scenario)
  const settings = parseEnv({
    OPENAI_BASE_URL: upstream.baseUrl,
    OPENAI_API_KEY: 'sk-test-0123456789',
    LOG_LEVEL: 'error',
  })
  const services = await createServices(settings, {
    db: await openDatabase({ dataDir: ':memory:' }),
    ...replaced,
  })
  let sent = 0

  const request: ChatBench['request'] = (body) =>
    startRun({ services, userId, request: chatRequestSchema.parse({ id: chatId, ...body }) })

  const messages = async () => (await loadChat({ services, userId, chatId }))?.messages ?? []

  const streamed = () => upstream.requests.filter(({ body }) => body['stream'] === true)

  return {
    services,
    upstream,
    streamed,
    firstStreamed: () =>
      vi.waitFor(() => {
        const [first] = streamed()
        if (!first) throw new Error('The model was not asked yet.')
        return first
      }),
    request,
    messages,
    send: (text, options = {}) =>
      startRun({
        services,
        userId: options.userId ?? userId,
        request: chatRequestSchema.parse({
          id: options.chatId ?? chatId,
          message: {
            id: options.id ?? `message-${++sent}`,
            role: 'user',
            parts: [{ type: 'text', text }],
          },
        }),
      }),
    async events(runId) {
      const events: StreamEvent[] = []
      const signal = AbortSignal.timeout(5000)
      for await (const batch of services.streamLog.read(runId, { after: 0, signal }))
        events.push(...batch)
      return events
    },
    async answer() {
      const message = (await messages()).findLast(({ role }) => role === 'assistant')
      if (!message) throw new Error('The chat has no answer.')
      return { text: messageText(message), message }
    },
    async [Symbol.asyncDispose]() {
      await services.activeRuns.drain(0)
      await services.db.close()
      await upstream.close()
    },
  }
}

/** The text that a reader of these events has seen. */
export function textOfEvents(events: readonly UnnumberedEvent[]): string {
  return events
    .map((event) =>
      'chunk' in event && event.chunk.type === 'text-delta' ? event.chunk.delta : '',
    )
    .join('')
}
