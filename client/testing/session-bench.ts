import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatMessage, MessageStatus } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import { newChatPlace } from '@/shared/chat/shelf'
import type { StreamChunk } from '@/shared/stream/stream-event'
import { createChatApi } from '../api/chat-api'
import type { ChatSession } from '../chat/chat-session'
import { createChatSession } from '../chat/streaming-chat-session'
import { browserTimers, type Timers } from '../stream/timers'
import { createFakePage } from './fake-page'
import {
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from './fake-server'
import { until } from './until'

export const runId = '0190-aaaa-bbbb-cccccccc0001'
export const run = runOf(runId, ['One', ' two', ' three'])
export const question: ChatMessage = {
  id: 'u1',
  role: 'user',
  parts: [{ type: 'text', text: 'Count' }],
  metadata: { status: 'done', createdAt: 1 },
}

export function runOf(
  id: string,
  deltas: string[],
  status: MessageStatus = 'done',
  answerId = 'a1',
) {
  const metadata = { createdAt: 2, runId: id }
  const chunks: StreamChunk[] = [
    { type: 'start', messageId: answerId, messageMetadata: { ...metadata, status: 'running' } },
    { type: 'text-start', id: 't' },
    ...deltas.map((delta) => ({ type: 'text-delta' as const, id: 't', delta })),
    { type: 'text-end', id: 't' },
    { type: 'message-metadata', messageMetadata: { ...metadata, status } },
  ]
  return fakeRun(id, chunks)
}

export function answerOf(text: string, status: MessageStatus): ChatMessage {
  return {
    id: 'a1',
    role: 'assistant',
    parts: [{ type: 'text', text, state: 'done' }],
    metadata: { status, createdAt: 2, runId },
  }
}

export function detailOf(
  messages: ChatMessage[],
  activeRunId: string | null = null,
  updatedAt = 10,
): ChatDetail {
  return {
    id: 'c1',
    title: 'Counting',
    createdAt: 1,
    updatedAt,
    activeRunId,
    ...newChatPlace,
    model: null,
    messages,
    hasEarlier: false,
  }
}

let server: FakeServer | undefined

/** After each test that has set a session up. */
export async function closeServer(): Promise<void> {
  await server?.close()
  server = undefined
}

export type Answers = Record<string, (exchange: Exchange, count: number) => void>

export async function setUp(
  answers: Answers,
  { seed, timers = browserTimers }: { seed?: ChatDetail; timers?: Timers } = {},
) {
  const counts = new Map<string, number>()
  const started = await startFakeServer((exchange) => {
    const call = `${exchange.method} ${exchange.path}`
    counts.set(call, (counts.get(call) ?? 0) + 1)
    const answer = answers[call]
    if (answer) answer(exchange, counts.get(call) ?? 0)
    else answerProblem(exchange, 500, `unexpected ${call}`)
  })
  server = started
  const page = createFakePage()
  let idCount = 0
  const accepted: unknown[] = []
  const session = createChatSession({
    chatId: 'c1',
    seed,
    environment: {
      fetch: started.fetch,
      api: createChatApi(started.fetch),
      timers,
      page: page.page,
      random: () => 0,
      frames: (show) => {
        const frame = setImmediate(() => show(performance.now()))
        return () => clearImmediate(frame)
      },
      isPaced: () => false,
      newId: () => `new-${(idCount += 1)}`,
      onRunAccepted: (event) => void accepted.push(event),
    },
  })
  const phases: string[] = []
  const watch = () => session.subscribe(() => void phases.push(session.phase))
  return { session, server: started, page, phases, watch, accepted }
}

export function shown(session: ChatSession) {
  return session.store.messageIds.map((id) => {
    const message = session.store.message(id)
    return message && `${message.role} ${message.metadata?.status}: ${messageText(message)}`
  })
}

export const stream = (exchange: Exchange, streamed = run) => {
  openStream(exchange, streamed)
  exchange.response.end(bytesAfter(streamed, exchange.lastEventId))
}

export const streamPart = (exchange: Exchange, count: number) => {
  openStream(exchange, run)
  exchange.response.write(run.events.slice(0, count).join(''))
}

export const idle = (session: ChatSession) => until(() => session.phase === 'idle')
