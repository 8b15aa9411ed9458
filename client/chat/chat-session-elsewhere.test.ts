import { afterEach, describe, expect, it } from 'vitest'
import type { ChatMessage } from '@/shared/chat/message'
import { answerJson, answerProblem } from '../testing/fake-server'
import { until } from '../testing/until'
import {
  closeServer,
  runId,
  run,
  question,
  stream,
  streamPart,
  idle,
  runOf,
  answerOf,
  detailOf,
  setUp,
  shown,
  type Answers,
} from '../testing/session-bench'

afterEach(closeServer)

describe('what happens elsewhere', () => {
  it('attaches to a run started in another tab', async () => {
    const { session, watch } = await setUp(
      {
        'GET /api/chats/c1': (exchange) => answerJson(exchange, detailOf([question], runId)),
        'GET /api/chat/c1/stream': (exchange) => stream(exchange),
      },
      { seed: detailOf([]) },
    )
    watch()
    session.noteChange({ runId })
    await until(() => shown(session).length === 2 && session.phase === 'idle')
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
  })

  it('waits with it until somebody watches', async () => {
    const {
      session,
      watch,
      server: { exchanges },
    } = await setUp(
      { 'GET /api/chats/c1': (exchange) => answerJson(exchange, detailOf([question])) },
      { seed: detailOf([]) },
    )
    session.noteChange({ updatedAt: 11 })
    expect(exchanges).toEqual([])
    watch()
    await until(() => shown(session).length === 1)
  })

  it('ignores what it has seen itself', async () => {
    const {
      session,
      watch,
      server: { exchanges },
    } = await setUp({
      'POST /api/chat': (exchange) => stream(exchange),
    })
    watch()
    await session.send({ text: 'Count' })
    session.noteChange({ runId })
    await idle(session)
    session.noteChange({ runId })
    expect(exchanges).toHaveLength(1)
  })

  it('does not take over an older page', async () => {
    const { session } = await setUp(
      { 'POST /api/chat': (exchange) => stream(exchange) },
      { seed: detailOf([]) },
    )
    await session.send({ text: 'Count' })
    await idle(session)
    session.hydrate(detailOf([question], runId, 11))
    expect(shown(session)[1]).toBe('assistant done: One two three')
    session.hydrate(detailOf([question], null, 9))
    expect(shown(session)[1]).toBe('assistant done: One two three')
    session.hydrate(detailOf([question], null, 12))
    expect(shown(session)).toEqual(['user done: Count'])
  })
})

describe('a chat that began before its newest page', () => {
  const first: ChatMessage = { ...question, id: 'u0', metadata: { status: 'done', createdAt: 0 } }
  const earlierPage = 'GET /api/chats/c1/messages?before=u1&limit=30'
  const answers: Answers = {
    [earlierPage]: (exchange) => answerJson(exchange, { messages: [first], hasEarlier: false }),
  }
  const newest = {
    ...detailOf([question, answerOf('One two three', 'done')]),
    hasEarlier: true,
  }

  it('loads what was before it, and says how that goes', async () => {
    const { session } = await setUp(answers, { seed: newest })
    const told: string[] = []
    session.subscribe(() => void told.push(session.earlier))
    expect([session.earlier, session.seedEarlier]).toEqual(['more', 'more'])
    await session.loadEarlier()
    expect(session.store.messageIds).toEqual(['u0', 'u1', 'a1'])
    expect(told).toEqual(['loading', 'none'])
    expect(session.seedEarlier).toBe('more')
  })

  it('keeps it when the newest page is loaded again', async () => {
    const { session, watch } = await setUp(
      {
        ...answers,
        'GET /api/chats/c1': (exchange) =>
          answerJson(exchange, { ...newest, messages: [question], updatedAt: 11 }),
      },
      { seed: newest },
    )
    watch()
    await session.loadEarlier()
    session.noteChange({ updatedAt: 11 })
    await until(() => session.store.messageIds.length === 2)
    expect(session.store.messageIds).toEqual(['u0', 'u1'])
  })

  it('loads it while an answer streams, which goes on', async () => {
    const {
      session,
      watch,
      server: { request },
    } = await setUp(
      { ...answers, 'POST /api/chat': (exchange) => streamPart(exchange, 3) },
      { seed: newest },
    )
    watch()
    expect(await session.regenerate({ messageId: 'a1' })).toEqual({ status: 'sent' })
    await session.loadEarlier()
    const { response } = await request(/POST/)
    response.end(run.events.slice(3).join(''))
    await idle(session)
    expect(shown(session)).toEqual([
      'user done: Count',
      'user done: Count',
      'assistant done: One two three',
    ])
  })

  it('keeps it when it came while a request was refused', async () => {
    const {
      session,
      server: { request },
    } = await setUp({ ...answers, 'POST /api/chat': () => undefined }, { seed: newest })
    const asked = session.regenerate({ messageId: 'a1' })
    const exchange = await request(/POST/)
    await session.loadEarlier()
    answerProblem(exchange, 400, 'unknown-model')
    expect(await asked).toMatchObject({ status: 'refused' })
    expect(session.store.messageIds).toEqual(['u0', 'u1', 'a1'])
  })
})

it('shows no answer of a newer run before the question to it', async () => {
  const newer = runOf('0190-aaaa-bbbb-cccccccc0002', ['Next'], 'done', 'a2')
  const next: ChatMessage = { ...question, id: 'u2' }
  const started: ChatMessage = { ...answerOf('', 'running'), id: 'a2', parts: [] }
  const { session, watch } = await setUp(
    {
      'GET /api/chat/c1/stream': (exchange) => stream(exchange, newer),
      'GET /api/chats/c1': (exchange) =>
        answerJson(
          exchange,
          detailOf([question, answerOf('One', 'done'), next, started], newer.runId),
        ),
    },
    { seed: detailOf([question, answerOf('One', 'running')], runId) },
  )
  const orders = new Set<string>()
  session.store.subscribe(() => void orders.add(session.store.messageIds.join(' ')))
  watch()
  await until(() => shown(session).length === 4 && session.phase === 'idle')
  expect(shown(session).at(-1)).toBe('assistant done: Next')
  expect([...orders]).toEqual(['u1 a1', 'u1 a1 u2 a2'])
})
