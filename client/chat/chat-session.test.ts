import { afterEach, describe, expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatMessage, MessageStatus } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import type { StreamChunk } from '@/shared/stream/stream-event'
import { createChatApi } from '../api/chat-api'
import { browserTimers, type Timers } from '../stream/timers'
import { createFakePage } from '../testing/fake-page'
import {
  answerJson,
  answerNothing,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  sendAndCut,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from '../testing/fake-server'
import { createFakeTimers } from '../testing/fake-timers'
import { until } from '../testing/until'
import type { ChatSession } from './chat-session'
import { createChatSession } from './streaming-chat-session'
import { newChatPlace } from '@/shared/chat/shelf'

const runId = '0190-aaaa-bbbb-cccccccc0001'
const run = runOf(runId, ['One', ' two', ' three'])
const question: ChatMessage = {
  id: 'u1',
  role: 'user',
  parts: [{ type: 'text', text: 'Count' }],
  metadata: { status: 'done', createdAt: 1 },
}

function runOf(id: string, deltas: string[], status: MessageStatus = 'done', answerId = 'a1') {
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

function answerOf(text: string, status: MessageStatus): ChatMessage {
  return {
    id: 'a1',
    role: 'assistant',
    parts: [{ type: 'text', text, state: 'done' }],
    metadata: { status, createdAt: 2, runId },
  }
}

function detailOf(
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
afterEach(async () => {
  await server?.close()
  server = undefined
})

type Answers = Record<string, (exchange: Exchange, count: number) => void>

async function setUp(
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

function shown(session: ChatSession) {
  return session.store.messageIds.map((id) => {
    const message = session.store.message(id)
    return message && `${message.role} ${message.metadata?.status}: ${messageText(message)}`
  })
}

const stream = (exchange: Exchange, streamed = run) => {
  openStream(exchange, streamed)
  exchange.response.end(bytesAfter(streamed, exchange.lastEventId))
}

const streamPart = (exchange: Exchange, count: number) => {
  openStream(exchange, run)
  exchange.response.write(run.events.slice(0, count).join(''))
}

const idle = (session: ChatSession) => until(() => session.phase === 'idle')

describe('sending', () => {
  it('shows the answer, through the phases', async () => {
    const { session, watch, phases, accepted } = await setUp({
      'POST /api/chat': (exchange) => {
        openStream(exchange, run)
        setImmediate(() => exchange.response.end(bytesAfter(run, undefined)))
      },
    })
    watch()
    expect(session.phase).toBe('idle')
    const outcome = session.send({ text: 'Count', model: { provider: 'demo', id: 'm' } })
    expect(session.phase).toBe('sending')
    expect(await outcome).toEqual({ status: 'sent' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
    expect(phases).toEqual(['sending', 'waiting', 'waiting', 'streaming', 'idle'])
    expect(session.model).toEqual({ provider: 'demo', id: 'm' })
    expect(accepted).toEqual([{ chatId: 'c1', runId, text: 'Count' }])
  })

  it('takes a refused message out again', async () => {
    const { session } = await setUp({
      'POST /api/chat': (exchange) => answerProblem(exchange, 400, 'message-too-long'),
    })
    expect(await session.send({ text: 'x' })).toMatchObject({
      status: 'refused',
      problem: { code: 'message-too-long' },
    })
    expect(shown(session)).toEqual([])
    expect(session.phase).toBe('idle')
  })

  it('shows the answer that keeps the chat busy', async () => {
    const { session, watch } = await setUp({
      'POST /api/chat': (exchange) => answerProblem(exchange, 409, 'chat-busy', { runId }),
      'GET /api/chats/c1': (exchange) => answerJson(exchange, detailOf([question], runId)),
      'GET /api/chat/c1/stream': (exchange) => stream(exchange),
    })
    watch()
    expect(await session.send({ text: 'mine' })).toMatchObject({ problem: { code: 'chat-busy' } })
    await until(() => shown(session).length === 2 && session.phase === 'idle')
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
  })

  it('refuses a second message while one is answered', async () => {
    const {
      session,
      server: { exchanges },
    } = await setUp({
      'POST /api/chat': (exchange) => streamPart(exchange, 3),
    })
    await session.send({ text: 'first' })
    expect(await session.send({ text: 'second' })).toMatchObject({ problem: { code: 'chat-busy' } })
    expect(exchanges).toHaveLength(1)
  })

  it('survives cuts', async () => {
    const { session, watch, phases } = await setUp({
      'POST /api/chat': (exchange) => {
        openStream(exchange, run)
        sendAndCut(exchange, bytesAfter(run, undefined).subarray(0, 400))
      },
      'GET /api/chat/c1/stream': (exchange) => stream(exchange),
    })
    watch()
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
    expect(phases).toContain('reconnecting')
  })

  it('shows a failure that stands on the message, and is no problem of the chat', async () => {
    const failed = fakeRun(runId, [
      { type: 'start', messageId: 'a1', messageMetadata: { status: 'running', createdAt: 2 } },
      { type: 'message-metadata', messageMetadata: { status: 'failed', createdAt: 2 } },
      { type: 'error', errorText: 'no' },
    ])
    const { session } = await setUp({ 'POST /api/chat': (exchange) => stream(exchange, failed) })
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant failed: '])
    expect(session.problem).toBeUndefined()
  })
})

describe('when the log is gone', () => {
  it('loads the chat and shows the complete answer, without an error', async () => {
    const { session, watch, phases } = await setUp({
      'POST /api/chat': (exchange) => {
        openStream(exchange, run)
        exchange.response.end(run.events.slice(0, 3).join(''))
      },
      'GET /api/chat/c1/stream': answerNothing,
      'GET /api/chats/c1': (exchange, count) => {
        if (count === 1) exchange.response.socket?.destroy()
        else answerJson(exchange, detailOf([question, answerOf('One two three', 'done')]))
      },
    })
    watch()
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
    expect(session.problem).toBeUndefined()
    expect(
      phases.slice(phases.indexOf('reconnecting'), -1).every((phase) => phase === 'reconnecting'),
    ).toBe(true)
  })

  it('reads the run anew after 410', async () => {
    const { session } = await setUp({
      'POST /api/chat': (exchange) => {
        openStream(exchange, run)
        exchange.response.end(run.events.slice(0, 3).join(''))
      },
      'GET /api/chat/c1/stream': (exchange) => {
        if (exchange.lastEventId) answerProblem(exchange, 410, 'log-truncated')
        else stream(exchange)
      },
      'GET /api/chats/c1': (exchange) =>
        answerJson(exchange, detailOf([question, answerOf('One two', 'running')], runId)),
    })
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
  })

  it('says when the chat is gone', async () => {
    const { session } = await setUp({
      'POST /api/chat': (exchange) => {
        openStream(exchange, run)
        exchange.response.end(run.events.slice(0, 3).join(''))
      },
      'GET /api/chat/c1/stream': (exchange) => answerProblem(exchange, 404, 'not-found'),
    })
    await session.send({ text: 'Count' })
    await idle(session)
    expect(session.problem).toMatchObject({ code: 'not-found' })
    expect(shown(session)).toEqual(['user done: Count', 'assistant interrupted: One'])
  })

  it('does not take a marker for the truth when the message still says running', async () => {
    const endless = runOf(runId, ['One'], 'running')
    const { session } = await setUp({
      'POST /api/chat': (exchange) => stream(exchange, endless),
      'GET /api/chats/c1': (exchange) =>
        answerJson(exchange, detailOf([question, answerOf('One', 'interrupted')])),
    })
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant interrupted: One'])
  })
})

describe('a chat with an answer being written', () => {
  const seed = detailOf([question, answerOf('One two', 'running')], runId)

  it('shows what is stored at once, and attaches when it is watched', async () => {
    const {
      session,
      watch,
      server: { exchanges },
    } = await setUp({ 'GET /api/chat/c1/stream': (exchange) => stream(exchange) }, { seed })
    expect(session.phase).toBe('streaming')
    expect(session.seedPhase).toBe('streaming')
    expect(shown(session)).toEqual(['user done: Count', 'assistant running: One two'])
    expect(exchanges).toEqual([])
    const texts: string[] = []
    session.store.subscribe(() => void texts.push(shown(session)[1] ?? ''), 'a1')
    watch()
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
    expect(texts.every((text) => text.includes('One two'))).toBe(true)
    expect(session.store.messageIds).toEqual(['u1', 'a1'])
  })

  it('goes on streaming when nobody watches any more', async () => {
    const {
      session,
      watch,
      server: { request },
    } = await setUp({ 'GET /api/chat/c1/stream': (exchange) => streamPart(exchange, 3) }, { seed })
    watch()()
    const { response } = await request(/GET/)
    expect(session.isDroppable).toBe(false)
    response.end(run.events.slice(3).join(''))
    await idle(session)
    expect(shown(session)[1]).toBe('assistant done: One two three')
    expect(session.isDroppable).toBe(true)
  })

  it('loads the chat when the run is over by then', async () => {
    const { session, watch } = await setUp(
      {
        'GET /api/chat/c1/stream': answerNothing,
        'GET /api/chats/c1': (exchange) =>
          answerJson(exchange, detailOf([question, answerOf('One two three', 'done')])),
      },
      { seed },
    )
    watch()
    await idle(session)
    expect(shown(session)[1]).toBe('assistant done: One two three')
  })

  it('lets go in the back/forward cache and comes back', async () => {
    const {
      session,
      watch,
      page,
      server: { request },
    } = await setUp(
      {
        'GET /api/chat/c1/stream': (exchange, count) =>
          count === 1 ? streamPart(exchange, 3) : stream(exchange),
      },
      { seed },
    )
    watch()
    const { closed } = await request(/GET/)
    page.hide()
    await closed
    page.wake()
    await idle(session)
    expect(shown(session)[1]).toBe('assistant done: One two three')
  })
})

describe('stopping', () => {
  it('asks the server and lets the stream end by itself', async () => {
    const stopped = runOf(runId, ['One'], 'stopped')
    const {
      session,
      server: { request },
    } = await setUp({
      'POST /api/chat': (exchange) => streamPart(exchange, 3),
      'POST /api/chat/c1/stop': (exchange) => answerJson(exchange, { stopped: true }),
    })
    await session.send({ text: 'Count' })
    const stopping = session.stop()
    const { body } = await request(/stop/)
    expect(body).toEqual({ runId })
    const { response } = await request(/POST \/api\/chat$/)
    response.end(stopped.events.slice(3).join(''))
    await stopping
    expect(session.phase).toBe('idle')
    expect(shown(session)).toEqual(['user done: Count', 'assistant stopped: One'])
  })

  it('lets go after three seconds and asks what is stored', async () => {
    const clock = createFakeTimers()
    const {
      session,
      server: { request },
    } = await setUp(
      {
        'POST /api/chat': (exchange) => streamPart(exchange, 3),
        'POST /api/chat/c1/stop': () => undefined,
        'GET /api/chats/c1': (exchange) =>
          answerJson(exchange, detailOf([question, answerOf('One two', 'stopped')])),
      },
      { timers: clock.timers },
    )
    await session.send({ text: 'Count' })
    await until(() => session.phase === 'streaming')
    const stopping = session.stop()
    await request(/stop/)
    clock.advance(3_000)
    await stopping
    expect(session.phase).toBe('idle')
    expect(shown(session)[1]).toBe('assistant stopped: One')
    await (
      await request(/POST \/api\/chat$/)
    ).closed
    await until(() => shown(session)[1] === 'assistant stopped: One two')
  })

  it('leaves no empty answer when nothing had come', async () => {
    const empty = fakeRun(runId, [
      { type: 'start', messageId: 'a1', messageMetadata: { status: 'running', createdAt: 2 } },
      { type: 'message-metadata', messageMetadata: { status: 'stopped', createdAt: 2 } },
      { type: 'abort' },
    ])
    const { session } = await setUp({ 'POST /api/chat': (exchange) => stream(exchange, empty) })
    await session.send({ text: 'Count' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count'])
  })
})

describe('answering again', () => {
  const seed = detailOf([question, answerOf('Wrong', 'done')])

  it('puts a new answer in the place of the old', async () => {
    const {
      session,
      server: { exchanges },
    } = await setUp(
      { 'POST /api/chat': (exchange) => stream(exchange, runOf(runId, ['Right'], 'done', 'a2')) },
      { seed },
    )
    expect(await session.regenerate({ messageId: 'a1' })).toEqual({ status: 'sent' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: Right'])
    expect(exchanges[0]?.body).toEqual({ id: 'c1', trigger: 'regenerate-message', messageId: 'a1' })
  })

  it('keeps the old answer when refused', async () => {
    const { session } = await setUp(
      { 'POST /api/chat': (exchange) => answerProblem(exchange, 429, 'rate-limited') },
      { seed },
    )
    expect(await session.regenerate({ messageId: 'a1' })).toMatchObject({ status: 'refused' })
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: Wrong'])
  })

  it('goes on with a cut answer, whose text never shrinks', async () => {
    const {
      session,
      server: { exchanges, request },
    } = await setUp(
      {
        'POST /api/chat': (exchange) => streamPart(exchange, 2),
        'GET /api/chat/c1/stream': (exchange) => stream(exchange),
      },
      { seed: detailOf([question, answerOf('One two', 'interrupted')]) },
    )
    const texts: string[] = []
    session.store.subscribe(() => void texts.push(shown(session)[1] ?? ''), 'a1')
    expect(await session.continueAnswer({ messageId: 'a1' })).toEqual({ status: 'sent' })
    await idle(session)
    await (
      await request(/POST/)
    ).closed
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
    expect(texts.every((text) => text.includes('One two'))).toBe(true)
    expect(exchanges[0]?.body).toEqual({ id: 'c1', trigger: 'continue-message', messageId: 'a1' })
  })

  it('finds a continued answer that was finished before it could be read', async () => {
    const { session } = await setUp(
      {
        'POST /api/chat': (exchange) => streamPart(exchange, 2),
        'GET /api/chat/c1/stream': answerNothing,
        'GET /api/chats/c1': (exchange) =>
          answerJson(exchange, detailOf([question, answerOf('One two three', 'done')])),
      },
      { seed: detailOf([question, answerOf('One two', 'interrupted')]) },
    )
    await session.continueAnswer({ messageId: 'a1' })
    await idle(session)
    expect(shown(session)[1]).toBe('assistant done: One two three')
  })
})

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

describe('branches', () => {
  const whole = detailOf([question, answerOf('One', 'done')])
  const asked: ChatMessage = {
    ...question,
    metadata: { status: 'done', createdAt: 1, parentId: null },
  }
  const other: ChatDetail = {
    ...detailOf([{ ...asked, id: 'u2' }]),
    forks: [['u1', 'u2']],
  }

  it('sends an edited message beside the one it replaces', async () => {
    const {
      session,
      server: { exchanges },
    } = await setUp(
      { 'POST /api/chat': (exchange) => stream(exchange, runOf(runId, ['Right'], 'done', 'a2')) },
      { seed: { ...whole, messages: [asked, answerOf('One', 'done')] } },
    )
    expect(await session.edit({ messageId: 'u1', text: 'Better' })).toEqual({ status: 'sent' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Better', 'assistant done: Right'])
    expect(session.forks.of('new-1')).toEqual(['u1', 'new-1'])
    expect(exchanges[0]?.body).toMatchObject({
      trigger: 'submit-message',
      parentId: null,
      message: { id: 'new-1' },
    })
  })

  it('takes a refused edit back, with all that followed', async () => {
    const { session } = await setUp(
      { 'POST /api/chat': (exchange) => answerProblem(exchange, 400, 'message-too-long') },
      { seed: whole },
    )
    expect(await session.edit({ messageId: 'u1', text: 'Better' })).toMatchObject({
      status: 'refused',
    })
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One'])
    expect(session.forks.of('u1')).toBeUndefined()
  })

  it('an edit lets go of the answer being written, and the server ends it', async () => {
    const { session, watch, phases } = await setUp({
      'POST /api/chat': (exchange, count) => {
        if (count === 1) return streamPart(exchange, 3)
        stream(exchange, runOf('0190-aaaa-bbbb-cccccccc0002', ['Right'], 'done', 'a2'))
      },
    })
    watch()
    await session.send({ text: 'Count' })
    await until(() => session.phase === 'streaming')
    await session.edit({ messageId: 'new-1', text: 'Better' })
    await idle(session)
    expect(shown(session)).toEqual(['user done: Better', 'assistant done: Right'])
    expect(phases.at(-1)).toBe('idle')
    expect(session.problem).toBeUndefined()
  })

  it('another answer is counted once it is there', async () => {
    const { session } = await setUp(
      { 'POST /api/chat': (exchange) => stream(exchange, runOf(runId, ['Right'], 'done', 'a2')) },
      { seed: whole },
    )
    await session.regenerate({ messageId: 'a1' })
    await idle(session)
    expect(session.forks.of('a2')).toEqual(['a1', 'a2'])
  })

  it('an answer stopped before its first word gives way to the one beside it', async () => {
    const empty = fakeRun(runId, [
      { type: 'start', messageId: 'a2', messageMetadata: { status: 'running', createdAt: 2 } },
      { type: 'message-metadata', messageMetadata: { status: 'stopped', createdAt: 2 } },
      { type: 'abort' },
    ])
    const { session } = await setUp(
      {
        'POST /api/chat': (exchange) => stream(exchange, empty),
        'GET /api/chats/c1': (exchange) => answerJson(exchange, whole),
      },
      { seed: whole },
    )
    await session.regenerate({ messageId: 'a1' })
    await until(() => shown(session).length === 2)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One'])
    expect(session.forks.of('a1')).toBeUndefined()
  })

  it('going to another one lets go of a stream, and shows none of its tokens there', async () => {
    const {
      session,
      watch,
      server: { request },
    } = await setUp({
      'POST /api/chat': (exchange) => streamPart(exchange, 3),
      'GET /api/chats/c1': (exchange) =>
        answerJson(exchange, { ...other, activeRunId: runId, activeElsewhere: true }),
    })
    watch()
    await session.send({ text: 'Count' })
    await until(() => session.phase === 'streaming')
    const { closed, response } = await request(/POST/)
    session.noteBranch('u2')
    await until(() => session.isWritingElsewhere)
    await closed
    response.write(run.events.slice(3).join(''))
    expect(session.phase).toBe('idle')
    expect(shown(session)).toEqual(['user done: Count'])
    expect(session.store.messageIds).toEqual(['u2'])
    expect(session.forks.of('u2')).toEqual(['u1', 'u2'])
  })

  it('coming back to an answer being written attaches to it', async () => {
    const seed = { ...other, activeRunId: runId, activeElsewhere: true }
    const {
      session,
      watch,
      server: { exchanges },
    } = await setUp({ 'GET /api/chat/c1/stream': (exchange) => stream(exchange) }, { seed })
    watch()
    expect([session.phase, session.isWritingElsewhere, exchanges.length]).toEqual(['idle', true, 0])
    const back = detailOf([question, answerOf('One', 'running')], runId)
    expect(await session.showBranch(() => Promise.resolve(back))).toBeUndefined()
    expect(session.isWritingElsewhere).toBe(false)
    await idle(session)
    expect(shown(session)).toEqual(['user done: Count', 'assistant done: One two three'])
  })

  it('stops what is being written on another one', async () => {
    const seed = { ...other, activeRunId: runId, activeElsewhere: true }
    const {
      session,
      server: { request },
    } = await setUp(
      {
        'POST /api/chat/c1/stop': (exchange) => answerJson(exchange, { stopped: true }),
        'GET /api/chats/c1': (exchange) => answerJson(exchange, other),
      },
      { seed },
    )
    await session.stop()
    expect((await request(/stop/)).body).toEqual({ runId })
    expect(session.isWritingElsewhere).toBe(false)
  })

  it('of two switches the later one counts, and a failed one changes nothing', async () => {
    const { session } = await setUp({}, { seed: whole })
    const slow = Promise.withResolvers<ChatDetail>()
    const first = session.showBranch(() => slow.promise)
    await session.showBranch(() => Promise.resolve(other))
    slow.resolve(whole)
    expect(await first).toBeUndefined()
    expect(session.store.messageIds).toEqual(['u2'])
    const failed = session.showBranch(() => Promise.reject(new TypeError('offline')))
    expect(await failed).toMatchObject({ code: 'unreachable' })
    expect(session.store.messageIds).toEqual(['u2'])
  })

  it('what is selected here already is not loaded again', async () => {
    const {
      session,
      watch,
      server: { exchanges },
    } = await setUp({}, { seed: whole })
    watch()
    session.noteBranch('a1')
    expect(exchanges).toEqual([])
  })

  it('after a time in which nobody listened the branch is looked up', async () => {
    const { session, watch } = await setUp(
      { 'GET /api/chats/c1': (exchange) => answerJson(exchange, other) },
      { seed: whole },
    )
    watch()
    session.noteBranch(undefined)
    await until(() => session.store.messageIds.join() === 'u2')
    expect(shown(session)).toEqual(['user done: Count'])
  })

  it('a run that was heard of while another was followed is loaded afterwards', async () => {
    const {
      session,
      watch,
      server: { request },
    } = await setUp({
      'POST /api/chat': (exchange) => streamPart(exchange, 3),
      'GET /api/chats/c1': (exchange) => answerJson(exchange, other),
    })
    watch()
    await session.send({ text: 'Count' })
    session.noteChange({ runId: 'another-run' })
    const { response } = await request(/POST/)
    response.end(run.events.slice(3).join(''))
    await until(() => session.store.messageIds.join() === 'u2')
    expect(shown(session)).toEqual(['user done: Count'])
  })
})
