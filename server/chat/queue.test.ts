import { describe, expect, it } from 'vitest'
import { gate, step, type Step } from '@/e2e/upstream/steps'
import type { LiveEvent } from '@/shared/chat/live-event'
import { messageText } from '@/shared/chat/message-text'
import { loadChat } from './load-chat'
import {
  changeQueued,
  loadQueue,
  queueLengthMax,
  queueMessage,
  removeQueued,
  sendQueuedNow,
} from './queue'
import { settleRuns } from './settle-runs'
import { stopRun } from './stop-run'
import { type ChatBench, chatId, openChatBench, userId } from './testing/chat-bench'

const chat = { userId, chatId }

/** The first answer waits for the gate; later ones repeat the question. */
async function openHeld(first: (hold: Promise<unknown>) => Step[] = wordsAfter) {
  const hold = gate()
  const bench = await openChatBench(({ body, userText }) =>
    isFirst(body) ? first(hold.opened) : [step.text(`Re: ${userText}`)],
  )
  return Object.assign(bench, { hold }, await bench.send('one'))
}

const wordsAfter = (hold: Promise<unknown>) => [step.text('Begun'), step.wait(hold)]

function isFirst({ messages }: Record<string, unknown>): boolean {
  return Array.isArray(messages) && messages.length === 1
}

function queue({ services }: ChatBench, id: string, text = `Text of ${id}`) {
  return queueMessage({ services, ...chat, id, text })
}

async function said(bench: ChatBench): Promise<string[]> {
  return (await bench.messages()).map(messageText)
}

async function waiting({ services }: ChatBench): Promise<string[]> {
  return (await loadQueue({ services, ...chat })).map(({ id }) => id)
}

function eventsOf({ services }: ChatBench): LiveEvent[] {
  const events: LiveEvent[] = []
  const signal = new AbortController().signal
  services.liveEvents.subscribe(userId, { listener: (event) => events.push(event), signal })
  return events
}

describe('messages that are queued while an answer is written', () => {
  it('are sent by the server, one after the other, each once the answer before is done', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await queue(bench, 'three')
    expect((await loadChat({ services: bench.services, ...chat }))?.queue).toMatchObject([
      { id: 'two', text: 'Text of two' },
      { id: 'three' },
    ])

    bench.hold.open()
    await bench.finished

    expect(await said(bench)).toEqual([
      'one',
      'Begun',
      'Text of two',
      'Re: Text of two',
      'Text of three',
      'Re: Text of three',
    ])
    expect(await waiting(bench)).toEqual([])
    expect(await loadChat({ services: bench.services, ...chat })).not.toHaveProperty('queue')
  })

  it('are sent as they were changed and put in order', async () => {
    await using bench = await openHeld()
    const { services } = bench
    for (const id of ['two', 'three', 'four']) await queue(bench, id)
    await changeQueued({ services, ...chat, id: 'two', text: 'Thought over' })
    await changeQueued({ services, ...chat, id: 'four', position: 0 })
    await removeQueued({ services, ...chat, id: 'three' })

    bench.hold.open()
    await bench.finished

    expect((await said(bench)).filter((text) => !text.startsWith('Re: '))).toEqual([
      'one',
      'Begun',
      'Text of four',
      'Thought over',
    ])
  })

  it('are answered by the model that they were given last, if that is there', async () => {
    await using bench = await openHeld()
    const { services } = bench
    await queue(bench, 'two')
    const change = (id: string) =>
      changeQueued({ services, ...chat, id: 'two', model: { provider: 'default', id } })

    await expect(change('gone')).rejects.toMatchObject({ code: 'unknown-model' })
    await change('test-reasoner')
    bench.hold.open()
    await bench.finished

    expect(bench.streamed().map(({ body }) => body['model'])).toEqual([
      'test-model',
      'test-reasoner',
    ])
  })

  it('are told to other tabs, and so is the answer that begins', async () => {
    await using bench = await openHeld()
    const events = eventsOf(bench)
    await queue(bench, 'two')
    expect(events).toContainEqual({ type: 'queue-changed', chatId })

    bench.hold.open()
    await bench.finished

    const types = events.map(({ type }) => type).filter((type) => type !== 'chat-changed')
    expect(types).toEqual(['queue-changed', 'run-ended', 'run-started', 'run-ended'])
  })

  it('do not take the title from the first answer', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    bench.hold.open()
    await bench.finished

    expect(await bench.services.db.chats.get(chat)).toMatchObject({ titleSource: 'model' })
  })

  it('are kept once, however often they are sent, and not sent again when they were', async () => {
    await using bench = await openHeld()
    await Promise.all([1, 2, 3].map(() => queue(bench, 'two')))
    expect(await waiting(bench)).toEqual(['two'])
    bench.hold.open()
    await bench.finished

    expect(await queue(bench, 'two')).toEqual({ queue: [] })
    expect(await said(bench)).toHaveLength(4)
  })

  it('are refused when they are empty, too long, for a model that is not there, or too many', async () => {
    await using bench = await openHeld()
    const { services } = bench
    const tooLong = 'x'.repeat(services.env.MESSAGE_LENGTH_MAX + 1)
    const model = { provider: 'nobody', id: 'nothing' }
    await expect(queue(bench, 'a', ' ')).rejects.toMatchObject({ code: 'empty-message' })
    await expect(queue(bench, 'a', tooLong)).rejects.toMatchObject({ code: 'message-too-long' })
    await expect(
      queueMessage({ services, ...chat, id: 'a', text: 'Hi', model }),
    ).rejects.toMatchObject({ code: 'unknown-model' })

    for (let count = 0; count < queueLengthMax; count += 1) await queue(bench, `m${count}`)
    await expect(queue(bench, 'a')).rejects.toMatchObject({ code: 'queue-full' })
    await expect(
      changeQueued({ services, ...chat, id: 'm1', text: tooLong }),
    ).rejects.toMatchObject({ code: 'message-too-long' })
    expect(await waiting(bench)).toHaveLength(queueLengthMax)
  })

  it('are nobody else’s', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    const stranger = { services: bench.services, userId: 'user-2', chatId, id: 'two' }
    const attempts = [
      loadQueue(stranger),
      queueMessage({ ...stranger, id: 'mine', text: 'Mine' }),
      changeQueued({ ...stranger, text: 'Mine' }),
      removeQueued(stranger),
      sendQueuedNow(stranger),
    ]
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ status: 404 })
    expect(await waiting(bench)).toEqual(['two'])
  })
})

describe('a message that comes when the answer has just ended', () => {
  it('is simply sent', async () => {
    await using bench = await openHeld()
    bench.hold.open()
    await bench.finished

    const sent = await queue(bench, 'two')
    expect(sent.queue).toEqual([])
    await sent.finished
    expect((await said(bench)).slice(2)).toEqual(['Text of two', 'Re: Text of two'])
  })

  it('waits behind those that wait', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await stopRun({ services: bench.services, ...chat, runId: bench.run.id })
    await bench.finished

    await queue(bench, 'three')
    expect(await waiting(bench)).toEqual(['two', 'three'])
  })
})

describe('a queue waits for the user', () => {
  it('behind an answer that was stopped', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await stopRun({ services: bench.services, ...chat, runId: bench.run.id })
    await bench.finished

    expect(await waiting(bench)).toEqual(['two'])
    expect((await said(bench))[0]).toBe('one')
    expect(await bench.services.db.runs.active(chat)).toBeUndefined()
  })

  it('behind an answer that failed', async () => {
    await using bench = await openHeld((held) => [
      step.text('Begun'),
      step.wait(held),
      step.error({ message: 'Broken', code: 'server_error', type: 'server_error' }),
    ])
    await queue(bench, 'two')
    bench.hold.open()
    await bench.finished

    expect(await waiting(bench)).toEqual(['two'])
    expect(await said(bench)).toEqual(['one', 'Begun'])
  })

  it('behind an answer whose process is gone: neither a start nor a sweep sends it', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await bench.services.db.runs.interrupt({ runId: bench.run.id, now: Date.now() })

    await settleRuns(bench.services)
    await bench.services.activeRuns.drain(0)

    expect(await waiting(bench)).toEqual(['two'])
    expect(await bench.services.db.runs.active(chat)).toBeUndefined()
  })

  it('behind a done answer whose process leaves', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    const drained = bench.services.activeRuns.drain(5000)
    bench.hold.open()
    await drained

    expect(await waiting(bench)).toEqual(['two'])
    expect((await bench.answer()).message.metadata?.status).toBe('done')
  })

  it('until the next answer is done', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await stopRun({ services: bench.services, ...chat, runId: bench.run.id })
    await bench.finished

    await (
      await bench.send('In between')
    ).finished

    expect((await said(bench)).slice(-4)).toEqual([
      'In between',
      'Re: In between',
      'Text of two',
      'Re: Text of two',
    ])
  })
})

describe('sending a waiting message now', () => {
  it('stops the running answer, keeps what it has, and goes on with the queue behind', async () => {
    await using bench = await openHeld()
    for (const id of ['two', 'three']) await queue(bench, id)
    await expect
      .poll(async () => (await bench.services.streamLog.head(bench.run.id))?.seq)
      .toBeGreaterThanOrEqual(3)

    const sent = await sendQueuedNow({ services: bench.services, ...chat, id: 'three' })
    await Promise.all([bench.finished, sent.finished])

    expect(await said(bench)).toEqual([
      'one',
      'Begun',
      'Text of three',
      'Re: Text of three',
      'Text of two',
      'Re: Text of two',
    ])
    expect(await bench.services.db.runs.find({ runId: bench.run.id })).toMatchObject({
      status: 'stopped',
    })
  })

  it('sends it once, however often it is asked for', async () => {
    await using bench = await openHeld()
    await queue(bench, 'two')
    await stopRun({ services: bench.services, ...chat, runId: bench.run.id })
    await bench.finished

    const now = () => sendQueuedNow({ services: bench.services, ...chat, id: 'two' })
    const asked = await Promise.allSettled([now(), now(), now()])
    for (const sent of asked) if (sent.status === 'fulfilled') await sent.value.finished

    expect(await waiting(bench)).toEqual([])
    expect((await said(bench)).filter((text) => text === 'Text of two')).toHaveLength(1)
  })

  it('refuses one that does not wait, and stops nothing for it', async () => {
    await using bench = await openHeld()
    const { services } = bench

    await expect(sendQueuedNow({ services, ...chat, id: 'two' })).rejects.toMatchObject({
      code: 'not-queued',
    })
    expect(await services.db.runs.active(chat)).toMatchObject({ id: bench.run.id })
  })
})
