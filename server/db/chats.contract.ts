import { describe, expect, it } from 'vitest'
import { newChatPlace } from '@/shared/chat/shelf'
import type { Database } from './database'
import {
  model,
  anna,
  chat,
  chatOfBen,
  rowCounts,
  chain,
  insertMessages,
  type DatabaseBench,
} from './testing/database-bench'

/** The list of chats, and what is done to one. */
export function describeChats(bench: DatabaseBench): void {
  const { submit, regenerate, continueAnswer, end, exchange, path } = bench

  describe('the list of chats', () => {
    async function submitAt(chatId: string, now: number, userId = 'anna') {
      await submit({ chatId, userId, now })
    }

    const listed = async (limit: number, cursor?: string) => {
      const page = await bench.database.chats.list({ ...anna, limit, cursor })
      return { ids: page.chats.map(({ id }) => id), nextCursor: page.nextCursor }
    }

    it('goes from the newest change to the oldest, page by page, over equal times', async () => {
      await submitAt('a', 50)
      await submitAt('b', 70)
      await submitAt('c', 50)
      await submitAt('d', 50)
      await submitAt('of-ben', 60, 'ben')

      const first = await listed(2)
      const second = await listed(2, first.nextCursor ?? '')

      expect(first.ids).toEqual(['b', 'd'])
      expect(second).toEqual({ ids: ['c', 'a'], nextCursor: null })
      expect(await listed(4)).toEqual({ ids: ['b', 'd', 'c', 'a'], nextCursor: null })
    })

    it('skips none and repeats none when a chat moves up between two pages', async () => {
      await submitAt('a', 10)
      await submitAt('b', 20)
      await submitAt('c', 30)
      const first = await listed(2)

      await end('run3', { now: 900 })

      expect(first.ids).toEqual(['c', 'b'])
      expect((await listed(2, first.nextCursor ?? '')).ids).toEqual(['a'])
    })

    it('tells which chats are being answered', async () => {
      await submitAt('a', 10)
      await submitAt('b', 20)
      await end('run1', { now: 30 })

      const { chats } = await bench.database.chats.list({ ...anna, limit: 10 })

      expect(chats).toEqual([
        {
          id: 'a',
          title: 'Title',
          createdAt: 10,
          updatedAt: 30,
          activeRunId: null,
          ...newChatPlace,
          unread: true,
        },
        {
          id: 'b',
          title: 'Title',
          createdAt: 20,
          updatedAt: 20,
          activeRunId: 'run2',
          ...newChatPlace,
        },
      ])
    })

    it.each(['', '!', 'e30', 'MTIz', Buffer.from('5.a b').toString('base64url')])(
      'refuses the malformed cursor %j',
      async (cursor) => {
        await expect(listed(2, cursor)).rejects.toMatchObject({ code: 'invalid-request' })
      },
    )
  })

  describe('a chat', () => {
    it('takes a title from the model, and from then on only from its user', async () => {
      await submit()
      const setTitle = (title: string, source: 'model' | 'user') =>
        bench.database.chats.setTitle({ ...chat, title, source, now: 900 })

      expect(await setTitle('By the model', 'model')).toBe(true)
      expect(await setTitle('By Anna\0', 'user')).toBe(true)
      expect(await setTitle('By the model again', 'model')).toBe(false)
      expect(await setTitle('By Anna again', 'user')).toBe(true)

      expect(await bench.database.chats.get(chat)).toMatchObject({
        title: 'By Anna again',
        titleSource: 'user',
        updatedAt: 10,
      })
    })

    it('remembers a model chosen without sending', async () => {
      await submit()

      expect(
        await bench.database.chats.setModel({ ...chat, model: { provider: 'x', id: 'y' } }),
      ).toBe(true)
      expect((await bench.database.chats.get(chat))?.model).toEqual({ provider: 'x', id: 'y' })
    })

    it('is invisible everywhere while removed, and whole when restored', async () => {
      await exchange()
      const before = await path()

      expect(await bench.database.chats.remove({ ...chat, now: 600 })).toBe(true)
      expect(await bench.database.chats.remove({ ...chat, now: 601 })).toBe(false)
      await expectInvisible(bench.database, chat)

      expect(await bench.database.chats.restore(chat)).toBe(true)
      expect(await bench.database.chats.restore(chat)).toBe(true)
      expect(await path()).toEqual(before)
    })

    it('is purged with all its messages and runs once removed for long enough', async () => {
      await exchange()
      await submit({ chatId: 'other' })
      await bench.database.chats.remove({ ...chat, now: 600 })

      expect(await bench.database.chats.purgeRemoved({ removedBefore: 600 })).toBe(0)
      expect(await bench.database.chats.purgeRemoved({ removedBefore: 601 })).toBe(1)
      expect(await bench.database.chats.restore(chat)).toBe(false)
      expect(await rowCounts(bench.connection)).toEqual({ chats: 1, messages: 2, runs: 1 })
    })

    it('is purged also when it is thousands of messages deep', async () => {
      await submit({ message: { id: 'm0', text: 'First' } })
      await insertMessages(bench.connection, chain('chat', 3000))
      await bench.database.chats.remove({ ...chat, now: 600 })

      expect(await bench.database.chats.purgeRemoved({ removedBefore: 601 })).toBe(1)
      expect(await rowCounts(bench.connection)).toMatchObject({ messages: 0 })
    })

    it('is invisible to everybody but its user', async () => {
      await exchange()
      await submit()

      await expectInvisible(bench.database, chatOfBen)
      expect(await submit({ userId: 'ben' })).toEqual({ status: 'not-found' })
      expect(await regenerate({ userId: 'ben', messageId: 'answer1' })).toEqual({
        status: 'not-found',
      })
      expect(await continueAnswer('answer1', { userId: 'ben' })).toEqual({ status: 'not-found' })
      expect(await bench.database.chats.remove({ ...chatOfBen, now: 600 })).toBe(false)
      expect(await bench.database.chats.restore(chatOfBen)).toBe(false)
      expect(await bench.database.chats.get(chat)).toMatchObject({ title: 'Title', model })
    })
  })
}

async function expectInvisible(
  { chats, messages, runs }: Database,
  hidden: { userId: string; chatId: string },
): Promise<void> {
  const { userId } = hidden
  expect(await chats.get(hidden)).toBeUndefined()
  expect(await chats.list({ userId, limit: 10 })).toEqual({ chats: [], nextCursor: null })
  expect(await chats.setTitle({ ...hidden, title: 'No', source: 'user', now: 1 })).toBe(false)
  expect(await chats.setModel({ ...hidden, model: { provider: 'no', id: 'no' } })).toBe(false)
  expect(await messages.path(hidden)).toEqual([])
  expect(await messages.pathTo({ ...hidden, messageId: 'answer1' })).toEqual([])
  expect(await messages.page({ ...hidden, limit: 30 })).toBeUndefined()
  expect(await messages.page({ ...hidden, before: 'answer1', limit: 30 })).toBeUndefined()
  expect(await messages.get({ ...hidden, messageId: 'answer1' })).toBeUndefined()
  expect(await runs.get({ userId, runId: 'run1' })).toBeUndefined()
  expect(await runs.active(hidden)).toBeUndefined()
  expect(await runs.byKey({ ...hidden, runKey: 'run1' })).toBeUndefined()
}
