import { afterEach, describe, expect, it } from 'vitest'
import {
  answerJson,
  answerNothing,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  sendAndCut,
} from '../testing/fake-server'
import { createFakeTimers } from '../testing/fake-timers'
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
} from '../testing/session-bench'

afterEach(closeServer)

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
