import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Connection } from './connection'
import type { Database, OpenedDatabase } from './database'
import { encodeMetadata, encodeParts } from './message-codec'

const chat = { userId: 'anna', chatId: 'chat' }
const ofBen = { userId: 'ben', chatId: 'chat' }

/** What every engine must do with the branches of a chat: run against an empty, migrated database per test. */
export function describeBranches(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the branches of a chat: ${name}`, () => {
    let database: Database
    let connection: Connection
    let now: number

    beforeEach(async () => {
      ;({ database, connection } = await open())
      now = 0
    })

    afterEach(() => database.close())

    function common(answerId: string) {
      now += 10
      const runId = `run of ${answerId}`
      const model = { provider: 'demo', id: 'scripted' }
      return { ...chat, runId, answerId, requestKey: runId, instance: 'here', model, now }
    }

    /** The message `id`, answered by `to id`. */
    async function say(id: string, parentId?: string | null) {
      const outcome = await database.runs.begin({
        kind: 'submit',
        ...common(`to ${id}`),
        message: { id, text: id },
        title: 'Title',
        parentId,
      })
      await end(`to ${id}`)
      return outcome
    }

    async function answerAgain(messageId: string, answerId: string) {
      await database.runs.begin({ kind: 'regenerate', ...common(answerId), messageId })
      await end(answerId)
    }

    function end(answerId: string, status: 'done' | 'stopped' = 'done', text = 'Hello') {
      const parts = text === '' ? [] : [{ type: 'text' as const, text }]
      return database.runs.end({ runId: `run of ${answerId}`, status, parts, seq: 9, now })
    }

    const select = (messageId: string) =>
      database.messages.select({ ...chat, messageId, now: (now += 10) })
    const remove = (messageId: string) =>
      database.messages.remove({ ...chat, messageId, now: (now += 10) })
    const restore = (messageId: string) =>
      database.messages.restore({ ...chat, messageId, now: (now += 10) })
    const page = () => database.messages.page({ ...chat, limit: 30 })
    const path = async () => (await database.messages.path(chat)).map(({ id }) => id).join(', ')
    const forks = async () => (await page())?.forks

    describe('an edited message', () => {
      it('is a sibling of the one it replaces, and nothing is lost', async () => {
        await say('a')
        await say('b')

        const outcome = await say('b2', 'to a')

        expect(outcome).toMatchObject({
          status: 'started',
          history: [{ id: 'a' }, { id: 'to a' }, { id: 'b2' }],
        })
        expect(await path()).toBe('a, to a, b2, to b2')
        expect(await forks()).toEqual([['b', 'b2']])
        expect(await database.messages.get({ ...chat, messageId: 'to b' })).toBeDefined()
      })

      it('may be the first of the chat', async () => {
        await say('a')
        await say('a2', null)

        expect(await path()).toBe('a2, to a2')
        expect(await page()).toMatchObject({ forks: [['a', 'a2']], hasEarlier: false })
      })

      it('is refused where its parent is not in the chat, or removed, and leaves nothing', async () => {
        await expect(say('a', 'nowhere')).rejects.toMatchObject({ code: 'not-found' })
        expect(await database.chats.get(chat)).toBeUndefined()

        await say('a')
        await say('b')
        await remove('b')
        await expect(say('c', 'to b')).rejects.toMatchObject({ code: 'not-found' })
        expect(await path()).toBe('a, to a')
      })

      it('sent twice is answered once', async () => {
        await say('a')
        await say('b', null)

        expect(await say('b', null)).toMatchObject({
          status: 'attached',
          run: { id: 'run of to b' },
        })
        expect(await forks()).toEqual([['a', 'b']])
      })
    })

    it('siblings are told in the order they were made in, of the messages of the page alone', async () => {
      await say('a')
      await answerAgain('to a', 'again')
      await answerAgain('to a', 'and again')
      expect(await forks()).toEqual([['to a', 'again', 'and again']])

      await say('b')
      await say('b2', 'and again')
      expect(await forks()).toEqual([
        ['to a', 'again', 'and again'],
        ['b', 'b2'],
      ])
      const before = await database.messages.page({ ...chat, before: 'b2', limit: 30 })
      expect(before?.forks).toEqual([['to a', 'again', 'and again']])
      expect(await database.messages.page({ ...ofBen, limit: 30 })).toBeUndefined()
    })

    it('a message without siblings has none told', async () => {
      await say('a')
      expect(await page()).not.toHaveProperty('forks')
    })

    describe('selecting', () => {
      it('goes to the newest leaf below, and to the one that was chosen last', async () => {
        await say('a')
        await say('b')
        await say('c', 'to a')
        await answerAgain('to a', 'again')
        expect(await path()).toBe('a, again')

        expect(await select('to a')).toBe('to c')
        expect(await path()).toBe('a, to a, c, to c')
        expect(await select('b')).toBe('to b')
        expect(await select('again')).toBe('again')
        expect(await select('to a')).toBe('to b')
        expect(await path()).toBe('a, to a, b, to b')
      })

      it('goes on from there with what is said next', async () => {
        await say('a')
        await say('b', null)
        await select('a')
        await say('c')

        expect(await path()).toBe('a, to a, c, to c')
        await select('b')
        expect(await select('a')).toBe('to c')
      })

      it('does not move the chat in the list', async () => {
        await say('a')
        await say('b', null)
        const before = await database.chats.get(chat)
        await select('a')

        expect(await database.chats.get(chat)).toEqual({ ...before, selectedLeafId: 'to a' })
      })

      it('finds no unknown or removed message, and nothing of others', async () => {
        await say('a')
        await say('b')
        await remove('b')

        expect(await select('nowhere')).toBeUndefined()
        expect(await select('to b')).toBeUndefined()
        expect(await database.messages.select({ ...ofBen, messageId: 'a', now })).toBeUndefined()
        expect(await path()).toBe('a, to a')
      })
    })

    describe('removing', () => {
      it('shows the sibling before it, or else the one after, or else the parent', async () => {
        await say('a')
        await say('b')
        await say('b2', 'to a')
        await say('b3', 'to a')
        await select('b2')

        expect(await remove('b2')).toEqual({ status: 'removed', leafId: 'to b' })
        expect(await forks()).toEqual([['b', 'b3']])
        expect(await remove('b')).toEqual({ status: 'removed', leafId: 'to b3' })
        expect(await forks()).toBeUndefined()
        expect(await remove('b3')).toEqual({ status: 'removed', leafId: 'to a' })
        expect(await path()).toBe('a, to a')
      })

      it('leaves the selection where it is when something else is removed', async () => {
        await say('a')
        await say('b', null)

        expect(await remove('a')).toEqual({ status: 'removed', leafId: 'to b' })
        expect(await path()).toBe('b, to b')
      })

      it('keeps the only version of the first message: that would be the chat', async () => {
        await say('a')
        expect(await remove('a')).toEqual({ status: 'last' })
        expect(await path()).toBe('a, to a')
      })

      it('waits for the end of an answer in it, and for no other', async () => {
        await say('a')
        await database.runs.begin({ kind: 'regenerate', ...common('again'), messageId: 'to a' })

        expect(await remove('again')).toEqual({ status: 'busy', runId: 'run of again' })
        expect(await remove('a')).toEqual({ status: 'busy', runId: 'run of again' })
        expect(await remove('to a')).toEqual({ status: 'removed', leafId: 'again' })
        expect(await end('again')).toBe(true)
      })

      it('hides all that followed: from pages, from look-ups, and from what can be answered', async () => {
        await say('a')
        await say('b')
        await remove('b')

        for (const messageId of ['b', 'to b']) {
          expect(await database.messages.get({ ...chat, messageId })).toBeUndefined()
          expect(await database.messages.pathTo({ ...chat, messageId })).toEqual([])
          expect(
            await database.messages.page({ ...chat, before: messageId, limit: 9 }),
          ).toBeUndefined()
          expect(await remove(messageId)).toEqual({ status: 'not-found' })
          expect(
            await database.runs.begin({ kind: 'regenerate', ...common('no'), messageId }),
          ).toEqual({ status: 'not-found' })
        }
        expect(await say('b')).toMatchObject({ status: 'attached', run: { id: 'run of to b' } })
      })

      it('is nobody else’s to do', async () => {
        await say('a')
        await say('b')
        const foreign = { ...ofBen, messageId: 'b', now }

        expect(await database.messages.remove(foreign)).toEqual({ status: 'not-found' })
        await remove('b')
        expect(await database.messages.restore(foreign)).toBeUndefined()
      })
    })

    describe('undoing a removal', () => {
      it('brings back all that went with it, and shows it', async () => {
        await say('a')
        await say('b')
        await say('c')
        await say('b2', 'to a')
        await remove('b')

        expect(await restore('b')).toBe('to c')
        expect(await path()).toBe('a, to a, b, to b, c, to c')
        expect(await forks()).toEqual([['b', 'b2']])
        expect(await restore('b')).toBe('to c')
      })

      it('does not bring back what was removed before', async () => {
        await say('a')
        await say('b')
        await say('c')
        await remove('c')
        await remove('b')

        expect(await restore('b')).toBe('to b')
        expect(await path()).toBe('a, to a, b, to b')
        expect(await restore('c')).toBe('to c')
      })

      it('is not possible below what is removed itself', async () => {
        await say('a')
        await say('b')
        await say('c')
        await remove('c')
        await remove('b')

        expect(await restore('c')).toBeUndefined()
        expect(await restore('nowhere')).toBeUndefined()
        expect(await path()).toBe('a, to a')
      })

      it('is over once it is purged, with what was below', async () => {
        await say('a')
        await say('b')
        await say('c')
        await remove('c')
        await remove('b')
        const removedBefore = now + 1

        expect(await database.messages.purgeRemoved({ removedBefore: 1 })).toBe(0)
        expect(await database.messages.purgeRemoved({ removedBefore })).toBe(4)
        expect(await restore('b')).toBeUndefined()
        expect(await path()).toBe('a, to a')
      })
    })

    it('an answer stopped before its first word gives way to the one beside it', async () => {
      await say('a')
      await database.runs.begin({ kind: 'regenerate', ...common('again'), messageId: 'to a' })
      await end('again', 'stopped', '')

      expect(await path()).toBe('a, to a')
    })

    it('a page of 200 messages tells of its forks in a moment', async () => {
      await say('root')
      await connection.kysely.insertInto('messages').values(manyForks(chat.chatId)).execute()
      await select('m199')
      await page()
      const startedAt = performance.now()
      const { messages, forks: found } =
        (await database.messages.page({ ...chat, limit: 200 })) ?? {}
      const tookMs = performance.now() - startedAt

      expect(messages).toHaveLength(200)
      expect(found).toHaveLength(200)
      // Twenty milliseconds on an idle machine; this one may be at work.
      expect(tookMs).toBeLessThan(200)
    })
  })
}

/** A branch of 200 messages under the first answer, each with a sibling. */
function manyForks(chatId: string) {
  return Array.from({ length: 200 }, (_, index) => index).flatMap((index) =>
    [`m${index}`, `n${index}`].map((id) => ({
      chat_id: chatId,
      id,
      parent_id: index === 0 ? 'to root' : `m${index - 1}`,
      role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
      status: 'done' as const,
      parts: encodeParts([{ type: 'text', text: 'Word '.repeat(200) }]),
      metadata: encodeMetadata({}),
      created_at: 1_000 + index,
    })),
  )
}
