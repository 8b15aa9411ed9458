import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { temporaryKeptMs } from '@/shared/chat/temporary-chat'
import { parseSearchQuery } from '@/shared/search/search-query'
import type { OpenedDatabase } from './database'

const mini = { provider: 'openai', id: 'gpt-5-mini' }
const chat = { userId: 'anna', chatId: 'temporary-1' }

/** What every engine must do with chats that are kept for a time. */
export function describeTemporaryChats(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`temporary chats: ${name}`, () => {
    let opened: OpenedDatabase

    beforeEach(async () => {
      opened = await open()
      await opened.database.users.ensure({ userId: 'ben', now: 1 })
    })
    afterEach(() => opened.database.close())

    async function ask({
      chatId = chat.chatId,
      now = 100,
      parentId = undefined as string | undefined,
    } = {}) {
      const { runs } = opened.database
      const runId = `run of ${chatId} at ${now}`
      const outcome = await runs.begin({
        kind: 'submit',
        userId: 'anna',
        chatId,
        runId,
        answerId: `answer of ${runId}`,
        requestKey: runId,
        instance: 'here',
        model: mini,
        now,
        message: { id: runId, text: 'A secret about herons' },
        parentId,
        title: 'A secret about herons',
      })
      const parts = [{ type: 'text', text: 'Herons wade', state: 'done' } as const]
      const metadata = { model: mini, usage: { inputTokens: 7, outputTokens: 3 } }
      await runs.end({ runId, parts, metadata, seq: 3, now, status: 'done' })
      return outcome
    }

    it('stand in no list and are not found by search, but open by their id', async () => {
      await ask()
      await ask({ chatId: 'kept' })
      const { chats, search, messages } = opened.database

      const { chats: listed } = await chats.list({ userId: 'anna', limit: 10 })
      expect(listed.map(({ id }) => id)).toEqual(['kept'])
      expect(await chats.summaries({ userId: 'anna', chatIds: [chat.chatId] })).toEqual([])
      const found = await search.messages({
        userId: 'anna',
        terms: parseSearchQuery('herons'),
        limit: 10,
      })
      expect(new Set(found.map(({ chatId }) => chatId))).toEqual(new Set(['kept']))
      expect(await chats.get(chat)).toMatchObject({ id: chat.chatId, title: '' })
      expect(await messages.path(chat)).toHaveLength(2)
    })

    it('expire, unless somebody holds them or writes on', async () => {
      await ask({ now: 100 })
      const { temporaryChats } = opened.database
      const expiredAt = (now: number) => temporaryChats.expired({ now })

      expect(await expiredAt(99 + temporaryKeptMs)).toEqual([])
      expect(await expiredAt(100 + temporaryKeptMs)).toEqual([chat])
      expect(await temporaryChats.hold({ ...chat, until: 50 })).toBe(true)
      expect(await expiredAt(50)).toEqual([chat])
      await ask({ now: 200 })
      expect(await expiredAt(50)).toEqual([])
      expect(await expiredAt(200 + temporaryKeptMs)).toEqual([chat])
    })

    it('are erased with all that was said, and the numbers of what was used stay', async () => {
      await ask({ now: 100 })
      await ask({ now: 200 })
      const { temporaryChats, chats, messages, usage } = opened.database

      expect(await temporaryChats.erase(chat)).toHaveLength(2)
      expect(await temporaryChats.erase(chat)).toBeUndefined()
      expect(await chats.get(chat)).toBeUndefined()
      expect(await messages.path(chat)).toEqual([])
      expect(await usage.ofChat(chat)).toEqual([])
      expect(await usage.between({ userId: 'anna', from: 0, until: 999 })).toMatchObject([
        { answers: 2, inputTokens: 14, outputTokens: 6 },
      ])
    })

    it('are begun by a first message alone: one that follows another is not found', async () => {
      await expect(ask({ parentId: 'gone' })).rejects.toMatchObject({ code: 'not-found' })
      expect(await opened.database.chats.get(chat)).toBeUndefined()
    })

    it('of somebody else, and chats that are kept, are neither held nor erased', async () => {
      await ask()
      await ask({ chatId: 'kept' })
      const { temporaryChats, chats } = opened.database
      const others = [
        { ...chat, userId: 'ben' },
        { userId: 'anna', chatId: 'kept' },
      ]
      for (const other of others) {
        expect(await temporaryChats.hold({ ...other, until: 1 })).toBe(false)
        expect(await temporaryChats.erase(other)).toBeUndefined()
      }
      expect(await chats.get(chat)).toBeDefined()
      expect(await chats.get({ userId: 'anna', chatId: 'kept' })).toBeDefined()
    })
  })
}
