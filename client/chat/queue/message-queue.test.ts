import { afterEach, describe, expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { newChatPlace } from '@/shared/chat/shelf'
import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import { createChatApi } from '../../api/chat-api'
import { browserTimers } from '../../stream/timers'
import { createFakePage } from '../../testing/fake-page'
import {
  answerJson,
  answerProblem,
  bytesAfter,
  fakeRun,
  openStream,
  startFakeServer,
  type Exchange,
  type FakeServer,
} from '../../testing/fake-server'
import { until } from '../../testing/until'
import { createChatSession } from '../streaming-chat-session'
import { createMessageQueue } from './message-queue'
import { createQueueApi } from './queue-api'

const queuePath = '/api/chats/c1/queue'
const [firstRun, nextRun] = ['r1', 'r2'].map((name) => runOf(`0190-aaaa-bbbb-cccccccc00${name}`))
if (!firstRun || !nextRun) throw new Error('There are two runs.')

function runOf(runId: string) {
  const messageId = `answer of ${runId}`
  const metadata = { createdAt: 2, runId }
  return fakeRun(runId, [
    { type: 'start', messageId, messageMetadata: { ...metadata, status: 'running' } },
    { type: 'text-start', id: 't' },
    { type: 'text-delta', id: 't', delta: `Said by ${runId.slice(-2)}` },
    { type: 'text-end', id: 't' },
    { type: 'message-metadata', messageMetadata: { ...metadata, status: 'done' } },
  ])
}

const message = (id: string, role: 'user' | 'assistant', text: string): ChatMessage => ({
  id,
  role,
  parts: [{ type: 'text', text }],
  metadata: { status: role === 'user' ? 'done' : 'running', createdAt: 1 },
})

const queued = (id: string, text = `Text of ${id}`): QueuedMessage => ({
  id,
  text,
  model: null,
  createdAt: 1,
})

function detailOf(overrides: Partial<ChatDetail> = {}): ChatDetail {
  const messages = [message('q1', 'user', 'One')]
  const summary = { id: 'c1', title: 'One', createdAt: 1, updatedAt: 1, activeRunId: null }
  return { ...summary, ...newChatPlace, model: null, messages, hasEarlier: false, ...overrides }
}

let server: FakeServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

type Answer = (exchange: Exchange) => void

async function setUp(answers: Record<string, Answer>, seed: ChatDetail = detailOf()) {
  const started = await startFakeServer((exchange) => {
    const call = `${exchange.method} ${exchange.path}`
    const answer = answers[call]
    if (answer) answer(exchange)
    else answerProblem(exchange, 500, `unexpected ${call}`)
  })
  server = started
  let ids = 0
  const newId = () => `new-${(ids += 1)}`
  const session = createChatSession({
    chatId: 'c1',
    seed,
    environment: {
      fetch: started.fetch,
      api: createChatApi(started.fetch),
      timers: browserTimers,
      page: createFakePage().page,
      random: () => 0,
      frames: (show) => {
        const frame = setImmediate(() => show(performance.now()))
        return () => clearImmediate(frame)
      },
      isPaced: () => false,
      newId,
    },
  })
  const api = createQueueApi(started.fetch)
  const queue = createMessageQueue({ session, api, newId, timers: browserTimers })
  const shown = () => session.queue.shown.map(({ text }) => text)
  const said = () =>
    session.store.messageIds.flatMap((id) => {
      const found = session.store.message(id)
      return found ? [messageText(found)] : []
    })
  return { session, server: started, queue, shown, said }
}

const waits =
  (...ids: string[]): Answer =>
  (exchange) =>
    answerJson(exchange, { queue: ids.map((id) => queued(id)) })

describe('what a person does with a queue', () => {
  it('is shown at once, and then as the server has it', async () => {
    const {
      queue,
      shown,
      server: asked,
    } = await setUp({
      [`POST ${queuePath}`]: (exchange) =>
        answerJson(exchange, { queue: [queued('else', 'From elsewhere'), queued('new-1', 'Two')] }),
    })

    const adding = queue.add({ text: 'Two', model: { provider: 'openai', id: 'gpt' } })
    expect(shown()).toEqual(['Two'])

    expect(await adding).toEqual({ status: 'sent' })
    expect(shown()).toEqual(['From elsewhere', 'Two'])
    expect(asked.exchanges[0]?.body).toEqual({
      id: 'new-1',
      text: 'Two',
      model: { provider: 'openai', id: 'gpt' },
    })
  })

  it('is taken back when the server refuses, with the reason', async () => {
    const { queue, shown } = await setUp({
      [`POST ${queuePath}`]: (exchange) => answerProblem(exchange, 409, 'queue-full'),
      [`GET ${queuePath}`]: waits(),
    })

    expect(await queue.add({ text: 'Two' })).toMatchObject({
      status: 'refused',
      problem: { code: 'queue-full' },
    })
    expect(shown()).toEqual([])
  })

  it('reaches the server one after the other, and shows all of it meanwhile', async () => {
    const seed = detailOf({ queue: [queued('a'), queued('b'), queued('c')] })
    const held: Exchange[] = []
    const {
      queue,
      shown,
      server: asked,
    } = await setUp(
      {
        [`PATCH ${queuePath}/c`]: (exchange) => void held.push(exchange),
        [`DELETE ${queuePath}/a`]: waits('c', 'b'),
      },
      seed,
    )

    const moving = queue.move('c', 0)
    const removing = queue.remove('a')
    expect(shown()).toEqual(['Text of c', 'Text of b'])
    const moved = await asked.request(/PATCH/)
    expect(moved.body).toEqual({ position: 0 })
    expect(asked.exchanges).toHaveLength(1)

    await until(() => held.length === 1)
    for (const exchange of held) waits('c', 'a', 'b')(exchange)
    expect(await Promise.all([moving, removing])).toEqual([undefined, undefined])
    expect(shown()).toEqual(['Text of c', 'Text of b'])
  })

  it('is made up for by what the server has, when a message was sent meanwhile', async () => {
    const seed = detailOf({ queue: [queued('a'), queued('b')] })
    const { queue, shown } = await setUp(
      {
        [`PATCH ${queuePath}/a`]: (exchange) => answerProblem(exchange, 404, 'not-queued'),
        [`GET ${queuePath}`]: waits('b'),
      },
      seed,
    )

    expect(await queue.change('a', { text: 'Too late' })).toMatchObject({ code: 'not-queued' })
    await until(() => shown().length === 1)
    expect(shown()).toEqual(['Text of b'])
  })
})

describe('the tab that shows an answer', () => {
  const running = detailOf({ activeRunId: firstRun.runId })
  const next = detailOf({
    activeRunId: nextRun.runId,
    updatedAt: 5,
    messages: [
      message('q1', 'user', 'One'),
      message(`answer of ${firstRun.runId}`, 'assistant', 'Said by r1'),
      message('q2', 'user', 'Two'),
    ],
  })

  it('goes on with the next one, though it was told of that before its own had ended', async () => {
    const streams: Exchange[] = []
    const { session, said, shown } = await setUp(
      {
        'GET /api/chat/c1/stream': (exchange) => {
          openStream(exchange, streams.length === 0 ? firstRun : nextRun)
          streams.push(exchange)
        },
        'GET /api/chats/c1': (exchange) => answerJson(exchange, next),
      },
      { ...running, queue: [queued('q2', 'Two')] },
    )
    session.subscribe(() => undefined)
    await until(() => streams.length === 1)

    session.noteChange({ runId: nextRun.runId })
    expect(shown()).toEqual(['Two'])
    streams[0]?.response.end(bytesAfter(firstRun, undefined))

    await until(() => streams.length === 2)
    streams[1]?.response.end(bytesAfter(nextRun, undefined))
    await until(() => session.phase === 'idle')
    expect(said()).toEqual(['One', 'Said by r1', 'Two', 'Said by r2'])
    expect(shown()).toEqual([])
  })

  it('shows the answer to a message that was sent at once instead of waiting', async () => {
    const { session, queue, said } = await setUp({
      [`POST ${queuePath}`]: waits(),
      'GET /api/chats/c1': (exchange) => answerJson(exchange, next),
      'GET /api/chat/c1/stream': (exchange) => {
        openStream(exchange, nextRun)
        exchange.response.end(bytesAfter(nextRun, undefined))
      },
    })
    session.subscribe(() => undefined)

    expect(await queue.add({ text: 'Two' })).toEqual({ status: 'sent' })
    await until(() => said().length === 4)
    expect(said().at(-1)).toBe('Said by r2')
  })
})
