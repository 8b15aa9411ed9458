import type { UIMessageChunk } from 'ai'
import { onTestFinished } from 'vitest'
import type { ChatMessage } from '@/shared/chat/message'
import type { StreamChunk } from '@/shared/stream/stream-event'
import {
  createResumableTransport,
  type ConnectionState,
  type LostReason,
} from '../chat/resumable-transport'
import { browserTimers, type Timers } from '../stream/timers'
import { createFakePage } from './fake-page'
import { bytesAfter, fakeRun, openStream, startFakeServer, type Exchange } from './fake-server'

const text = ['Grüße', ' 你好\n\n', '👩‍💻\u2028', ' data: x\n', 'end\0']
export const chunks: StreamChunk[] = [
  { type: 'start', messageId: 'answer', messageMetadata: { status: 'running', createdAt: 1 } },
  { type: 'text-start', id: 't' },
  ...text.map((delta) => ({ type: 'text-delta' as const, id: 't', delta })),
  { type: 'text-end', id: 't' },
  { type: 'finish', messageMetadata: { status: 'done', createdAt: 1 } },
]
export const run = fakeRun('0190-aaaa-bbbb-cccccccc0001', chunks)

export const userMessage: ChatMessage = {
  id: 'u1',
  role: 'user',
  parts: [{ type: 'text', text: 'Hi' }],
}
const earlier: ChatMessage = { id: 'u0', role: 'user', parts: [{ type: 'text', text: 'Before' }] }

/** A transport before a server that answers so, until the end of the test; `count` is of requests of one method. */
export async function setUp(
  answer: (exchange: Exchange, count: number) => void,
  { timers = browserTimers, random = () => 0 }: { timers?: Timers; random?: () => number } = {},
) {
  const counts = new Map<string, number>()
  const server = await startFakeServer((exchange) => {
    const count = (counts.get(exchange.method) ?? 0) + 1
    counts.set(exchange.method, count)
    answer(exchange, count)
  })
  onTestFinished(() => server.close())
  const page = createFakePage()
  const states: ConnectionState[] = []
  const lost: LostReason[] = []
  const accepted: (string | undefined)[] = []
  const transport = createResumableTransport({
    fetch: server.fetch,
    timers,
    page: page.page,
    random,
    hooks: {
      onConnection: (state) => void states.push(state),
      onAccepted: (runId) => void accepted.push(runId),
      onLost: (reason) => void lost.push(reason),
    },
  })
  const abort = new AbortController()
  const send = (trigger: 'submit-message' | 'regenerate-message' = 'submit-message') =>
    transport.sendMessages({
      trigger,
      chatId: 'c1',
      messageId: trigger === 'regenerate-message' ? 'answer' : undefined,
      messages: [earlier, userMessage],
      abortSignal: abort.signal,
      body: { model: { provider: 'demo', id: 'm' } },
    })
  const resume = () => transport.reconnectToStream({ chatId: 'c1', abortSignal: abort.signal })
  return { server, transport, page, states, lost, accepted, abort, send, resume }
}

/** The run from where the reader has it, to its end. */
export function streamWhole(exchange: Exchange) {
  openStream(exchange, run)
  exchange.response.end(bytesAfter(run, exchange.lastEventId))
}

export async function collect(
  stream: ReadableStream<UIMessageChunk> | null,
): Promise<UIMessageChunk[]> {
  const collected: UIMessageChunk[] = []
  const reader = (stream ?? new ReadableStream<UIMessageChunk>()).getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read())
    collected.push(next.value)
  return collected
}
