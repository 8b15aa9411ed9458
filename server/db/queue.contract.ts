import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { messageText } from '@/shared/chat/message-text'
import type { BeginOutcome } from './run-to-begin'
import type { Database, OpenedDatabase } from './database'
import type { AddToQueue } from './queue'

const chat = { userId: 'anna', chatId: 'chat' }
const model = { provider: 'openai', id: 'gpt-5-mini' }

/** What every engine must do with messages that wait: run against an empty, migrated database per test. */
export function describeQueue(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the queue of a chat: ${name}`, () => {
    let database: Database
    let runCount: number

    beforeEach(async () => {
      ;({ database } = await open())
      runCount = 0
      await database.users.ensure({ userId: 'anna', now: 1 })
      await database.users.ensure({ userId: 'ben', now: 1 })
      await begin()
    })

    afterEach(() => database.close())

    function common() {
      runCount += 1
      const names = { runId: `run${runCount}`, answerId: `answer${runCount}` }
      return { ...chat, ...names, instance: 'here', model, now: runCount * 10 }
    }

    function begin(id = 'question', chatId = chat.chatId): Promise<BeginOutcome> {
      const message = { id, text: 'Hello' }
      const asked = { kind: 'submit', requestKey: id, message, title: 'Title' } as const
      return database.runs.begin({ ...common(), ...asked, chatId })
    }

    function take(queuedId: string): Promise<BeginOutcome> {
      return database.runs.beginQueued({ ...common(), queuedId })
    }

    function end(runId = `run${runCount}`) {
      const parts = [{ type: 'text' as const, text: 'An answer' }]
      return database.runs.end({ runId, status: 'done', parts, metadata: {}, seq: 9, now: 500 })
    }

    function add(id: string, overrides: Partial<AddToQueue> = {}) {
      const message = { ...chat, id, text: `Text of ${id}`, model: undefined }
      return database.queue.add({ ...message, lengthMax: 3, now: 7, ...overrides })
    }

    async function waiting(userId = chat.userId) {
      return (await database.queue.list({ ...chat, userId })).map(({ id }) => id)
    }

    async function sent() {
      const messages = await database.messages.path(chat)
      return messages.flatMap((message) => (message.role === 'user' ? [messageText(message)] : []))
    }

    it('keeps messages in the order in which they came, with the model that was chosen', async () => {
      expect(await add('one', { model })).toEqual({ status: 'added', isNext: false })
      await add('two')

      expect(await database.queue.list(chat)).toEqual([
        { id: 'one', text: 'Text of one', model, createdAt: 7 },
        { id: 'two', text: 'Text of two', model: null, createdAt: 7 },
      ])
    })

    it('takes a message once, also when it has been sent since', async () => {
      await add('one')
      expect(await add('one', { text: 'Another text' })).toEqual({ status: 'known' })
      await end()
      await take('one')

      expect(await add('one')).toEqual({ status: 'known' })
      expect(await waiting()).toEqual([])
    })

    it('takes one of ten copies that come at once', async () => {
      const copies = await Promise.all(Array.from({ length: 10 }, () => add('same')))

      expect(copies.filter(({ status }) => status === 'added')).toHaveLength(1)
      expect(await waiting()).toEqual(['same'])
    })

    it('has a bound, and room again when one is taken off', async () => {
      for (const id of ['one', 'two', 'three']) await add(id)
      expect(await add('four')).toEqual({ status: 'full' })

      await database.queue.remove({ ...chat, id: 'two' })
      expect(await add('four')).toMatchObject({ status: 'added' })
      expect(await waiting()).toEqual(['one', 'three', 'four'])
    })

    it('says that a message is next only when nothing is written and nothing waits before it', async () => {
      await end()

      expect(await add('one')).toEqual({ status: 'added', isNext: true })
      expect(await add('two')).toEqual({ status: 'added', isNext: false })
    })

    it.each([
      [0, ['three', 'one', 'two']],
      [1, ['one', 'three', 'two']],
      [9, ['one', 'two', 'three']],
    ])('moves a message to place %i', async (position, order) => {
      for (const id of ['one', 'two', 'three']) await add(id)

      expect(await database.queue.change({ ...chat, id: 'three', position })).toBe(true)
      expect(await waiting()).toEqual(order)
    })

    it('changes a text, and stores U+FFFD for what Postgres refuses', async () => {
      await add('one')
      await database.queue.change({ ...chat, id: 'one', text: 'New\0\uD800' })

      expect(await database.queue.list(chat)).toMatchObject([{ text: 'New\uFFFD\uFFFD' }])
    })

    it('changes the model that is to answer', async () => {
      await add('one')
      const another = { provider: 'own-1', id: 'qwen3' }
      await database.queue.change({ ...chat, id: 'one', model: another })

      expect(await database.queue.list(chat)).toMatchObject([
        { text: 'Text of one', model: another },
      ])
    })

    it('sends the first message, which leaves the queue and follows the answer', async () => {
      await add('one')
      await add('two')
      await end()

      const outcome = await take('one')

      expect(outcome).toMatchObject({ status: 'started', run: { requestKey: 'one' } })
      expect(await sent()).toEqual(['Hello', 'Text of one'])
      expect(await waiting()).toEqual(['two'])
    })

    it('sends the text as it stands when it is taken', async () => {
      await add('one')
      await end()
      await database.queue.change({ ...chat, id: 'one', text: 'Thought over' })
      await take('one')

      expect(await sent()).toEqual(['Hello', 'Thought over'])
    })

    it('does not send one that is not the first any more, or was removed', async () => {
      await add('one')
      await add('two')
      await end()
      await database.queue.change({ ...chat, id: 'two', position: 0 })
      expect(await take('one')).toEqual({ status: 'not-found' })

      await database.queue.remove({ ...chat, id: 'two' })
      expect(await take('two')).toEqual({ status: 'not-found' })
      expect(await sent()).toEqual(['Hello'])
    })

    it('keeps what it has while an answer is written', async () => {
      await add('one')

      expect(await take('one')).toEqual({ status: 'busy', runId: 'run1' })
      expect(await waiting()).toEqual(['one'])
      expect(await sent()).toEqual(['Hello'])
    })

    it('is taken by one of many that try at once', async () => {
      await add('one')
      await add('two')
      await end()

      const taken = await Promise.all(Array.from({ length: 5 }, () => take('one')))

      expect(taken.filter(({ status }) => status === 'started')).toHaveLength(1)
      expect(await sent()).toEqual(['Hello', 'Text of one'])
      expect(await waiting()).toEqual(['two'])
    })

    it('loses a message that was sent another way', async () => {
      await add('one')
      await end()
      await begin('one')

      expect(await waiting()).toEqual([])
    })

    it('goes with its chat, and comes back with it', async () => {
      await add('one')
      await end()
      await database.chats.remove({ ...chat, now: 600 })
      expect(await waiting()).toEqual([])
      expect(await add('two')).toEqual({ status: 'not-found' })
      expect(await take('one')).toEqual({ status: 'not-found' })

      await database.chats.restore(chat)
      expect(await waiting()).toEqual(['one'])
      await database.chats.remove({ ...chat, now: 600 })
      expect(await database.chats.purgeRemoved({ removedBefore: 700 })).toBe(1)
    })

    it('is nobody else’s, and each chat has its own', async () => {
      await add('one')
      await begin('question', 'other')
      const other = { ...chat, chatId: 'other' }
      expect(await add('one', other)).toMatchObject({ status: 'added' })
      expect(await database.queue.remove({ ...other, id: 'one' })).toBe(true)

      const byBen = { ...chat, userId: 'ben', id: 'one' }
      expect(await waiting('ben')).toEqual([])
      expect(await add('two', { userId: 'ben' })).toEqual({ status: 'not-found' })
      expect(await database.queue.change({ ...byBen, text: 'Mine' })).toBe(false)
      expect(await database.queue.remove(byBen)).toBe(false)
      expect(await database.queue.list(chat)).toMatchObject([{ id: 'one', text: 'Text of one' }])
    })
  })
}
