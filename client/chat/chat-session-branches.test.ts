import { afterEach, describe, expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import { answerJson, answerProblem, fakeRun } from '../testing/fake-server'
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

describe('several answers at once', () => {
  const compared: ChatDetail = {
    ...detailOf([question, answerOf('One two three', 'done')]),
    forks: [['a1', 'b1']],
    comparing: true,
  }

  it('are heard of while one of them is followed, which goes on', async () => {
    const { session, watch, server } = await setUp({
      'POST /api/chat': (exchange) => streamPart(exchange, 3),
      'GET /api/chats/c1': (exchange) => answerJson(exchange, compared),
    })
    watch()
    await session.send({ text: 'Count', compareWith: [{ provider: 'demo', id: 'other' }] })
    expect(session.isComparing).toBe(false)
    session.noteComparison()
    await until(() => session.isComparing)
    expect(session.forks.of('a1')).toEqual(['a1', 'b1'])
    const { response, body } = await server.request(/POST/)
    expect(body).toMatchObject({ compareWith: [{ provider: 'demo', id: 'other' }] })
    response.end(run.events.slice(3).join(''))
    await idle(session)
    expect(shown(session).at(-1)).toBe('assistant done: One two three')
    expect(session.isComparing).toBe(true)
  })

  it('stay side by side when what is sent is refused, and no longer when it is not', async () => {
    const { session, watch } = await setUp(
      {
        'POST /api/chat': (exchange, count) =>
          count === 1 ? answerProblem(exchange, 400, 'invalid-request') : stream(exchange),
      },
      { seed: compared },
    )
    watch()
    expect([session.isComparing, session.seedComparing]).toEqual([true, true])
    expect(await session.send({ text: 'On' })).toMatchObject({ status: 'refused' })
    expect(session.isComparing).toBe(true)
    expect(await session.send({ text: 'On' })).toEqual({ status: 'sent' })
    expect(session.isComparing).toBe(false)
    await idle(session)
  })
})
