import { afterEach, describe, expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { newChatPlace } from '@/shared/chat/shelf'
import type { ChatMessage } from '@/shared/chat/message'
import { createChatApi } from '../api/chat-api'
import { browserTimers } from '../stream/timers'
import { createFakePage } from '../testing/fake-page'
import {
  answerJson,
  answerProblem,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from '../testing/fake-server'
import { createBranchMoves } from './branch-moves'
import { createChatSession } from './streaming-chat-session'

let server: FakeServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

function message(id: string, parentId: string | null): ChatMessage {
  const metadata = { status: 'done', createdAt: 1, parentId } as const
  return { id, role: id.startsWith('q') ? 'user' : 'assistant', parts: [], metadata }
}

function detailOf(messages: ChatMessage[], more: Partial<ChatDetail> = {}): ChatDetail {
  const summary = { id: 'c1', title: '', createdAt: 1, updatedAt: 1, activeRunId: null }
  return { ...summary, ...newChatPlace, model: null, messages, hasEarlier: false, ...more }
}

async function setUp(answer: (exchange: Exchange) => void) {
  server = await startFakeServer(answer)
  const { fetch } = server
  const api = createChatApi(fetch)
  const session = createChatSession({
    chatId: 'c1',
    seed: detailOf([message('q1', null), message('a1', 'q1')]),
    environment: {
      fetch,
      api,
      timers: browserTimers,
      page: createFakePage().page,
      random: () => 0,
      frames: (show) => {
        show(0)
        return () => undefined
      },
      isPaced: () => false,
      newId: () => 'new',
    },
  })
  return { session, moves: createBranchMoves({ fetch, api }), exchanges: server.exchanges }
}

describe('selecting a branch', () => {
  it('shows it, and tells which versions there are', async () => {
    const other = detailOf([message('q2', null)], { forks: [['q1', 'q2']] })
    const { session, moves, exchanges } = await setUp((exchange) => answerJson(exchange, other))

    expect(await moves.select(session, 'q2')).toBeUndefined()
    expect(exchanges).toMatchObject([
      { method: 'POST', path: '/api/chats/c1/branch', body: { messageId: 'q2' } },
    ])
    expect(session.store.messageIds).toEqual(['q2'])
    expect(session.forks.of('q2')).toEqual(['q1', 'q2'])
  })

  it('loads so much of it that the message is there', async () => {
    const { session, moves } = await setUp((exchange) => {
      if (exchange.method === 'POST')
        return answerJson(exchange, detailOf([message('q9', 'a8')], { hasEarlier: true }))
      const messages = [message('q2', null), message('a2', 'q2')]
      answerJson(exchange, { messages, hasEarlier: false, forks: [['q1', 'q2']] })
    })

    await moves.select(session, 'q2')
    expect(session.store.messageIds).toEqual(['q2', 'a2', 'q9'])
    expect([session.earlier, session.forks.of('q2')]).toEqual(['none', ['q1', 'q2']])
  })

  it('changes nothing when it is refused', async () => {
    const { session, moves } = await setUp((exchange) => answerProblem(exchange, 404, 'not-found'))

    expect(await moves.select(session, 'nowhere')).toMatchObject({ code: 'not-found' })
    expect(session.store.messageIds).toEqual(['q1', 'a1'])
  })
})

it('deleting and undoing show what the server shows then', async () => {
  const { session, moves, exchanges } = await setUp((exchange) =>
    answerJson(exchange, detailOf([message(exchange.method === 'DELETE' ? 'q0' : 'q1', null)])),
  )

  expect(await moves.remove(session, 'q1')).toBeUndefined()
  expect(session.store.messageIds).toEqual(['q0'])
  expect(await moves.restore(session, 'q1')).toBeUndefined()
  expect(session.store.messageIds).toEqual(['q1'])
  expect(exchanges.map(({ path }) => path)).toEqual([
    '/api/chats/c1/messages/q1',
    '/api/chats/c1/messages/q1/restore',
  ])
})
