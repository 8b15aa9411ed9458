import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database, OpenedDatabase } from './database'

const chat = { userId: 'anna', chatId: 'chat' }
const ofBen = { userId: 'ben', chatId: 'chat' }

/** What every engine must do when several models answer one message: run against an empty, migrated database per test. */
export function describeComparisons(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`several answers to one message at once: ${name}`, () => {
    let database: Database
    let now: number

    beforeEach(async () => {
      ;({ database } = await open())
      now = 0
      await database.runs.begin({
        kind: 'submit',
        ...common('first'),
        message: { id: 'question', text: 'Why?' },
        title: 'Title',
      })
    })

    afterEach(() => database.close())

    function common(answerId: string) {
      now += 10
      const runId = `run of ${answerId}`
      const model = { provider: 'demo', id: answerId }
      return { ...chat, runId, answerId, requestKey: runId, instance: 'here', model, now }
    }

    const beside = (answerId: string, messageId = 'question') =>
      database.runs.begin({ kind: 'compare', ...common(answerId), messageId })
    const end = (answerId: string, status: 'done' | 'stopped' = 'done') =>
      database.runs.end({
        runId: `run of ${answerId}`,
        status,
        parts: status === 'done' ? [{ type: 'text', text: answerId }] : [],
        seq: 9,
        now: (now += 10),
      })
    const row = () => database.chats.get(chat)
    const active = async (messageId?: string) =>
      (await database.runs.active({ ...chat, messageId }))?.messageId
    const say = (id: string) =>
      database.runs.begin({
        kind: 'submit',
        ...common(`to ${id}`),
        message: { id, text: id },
        title: 'Title',
      })

    it('are siblings, and the selected one stays', async () => {
      expect(await beside('second')).toMatchObject({
        status: 'started',
        history: [{ id: 'question' }],
      })
      expect(await row()).toMatchObject({
        selectedLeafId: 'first',
        comparedQuestionId: 'question',
        activeRunId: 'run of first',
      })
      expect((await database.messages.page({ ...chat, limit: 30 }))?.forks).toEqual([
        ['first', 'second'],
      ])
      const other = await database.messages.page({ ...chat, leafId: 'second', limit: 2 })
      expect(other?.messages.map(({ id }) => id)).toEqual(['question', 'second'])
    })

    it('are found each by itself, and all together', async () => {
      await beside('second')
      await beside('third')
      expect(await active()).toBe('first')
      expect(await active('third')).toBe('third')
      expect(await active('question')).toBeUndefined()
      const running = await database.runs.running({ ...chat, chatIds: ['chat', 'other'] })
      expect(running.map(({ messageId }) => messageId).toSorted()).toEqual([
        'first',
        'second',
        'third',
      ])
      expect(await database.runs.running({ ...ofBen, chatIds: ['chat'] })).toEqual([])
      expect(await database.runs.active({ ...ofBen, messageId: 'third' })).toBeUndefined()
      expect(await database.runs.runningOf({ instance: 'here' })).toHaveLength(3)
    })

    it('asked for again, over or not, are the same', async () => {
      await beside('second')
      const again = { ...common('again'), requestKey: 'run of second' }
      const ask = () => database.runs.begin({ kind: 'compare', ...again, messageId: 'question' })
      expect(await ask()).toMatchObject({ status: 'attached', run: { messageId: 'second' } })
      await end('second')
      expect(await ask()).toMatchObject({ status: 'attached', run: { messageId: 'second' } })
    })

    it('list the chat once, as busy with its one run', async () => {
      await beside('second')
      await beside('third')
      await end('first')
      const { chats } = await database.chats.list({ userId: 'anna', limit: 10 })
      expect(chats).toMatchObject([{ id: 'chat', activeRunId: null }])
    })

    it('hold up the next message only where it follows one that is being written', async () => {
      await beside('second')
      await end('first')
      await database.messages.select({ ...chat, messageId: 'second', now: (now += 10) })
      expect(await row()).toMatchObject({ selectedLeafId: 'second', comparedQuestionId: null })
      expect(await active()).toBe('second')
      expect(await say('next')).toEqual({ status: 'busy', runId: 'run of second' })

      await database.messages.select({ ...chat, messageId: 'first', now: (now += 10) })
      expect(await active()).toBeUndefined()
      expect(await say('next')).toMatchObject({
        status: 'started',
        history: [{ id: 'question' }, { id: 'first' }, { id: 'next' }],
      })
    })

    it('the selected one goes before the chat’s own, while both are written', async () => {
      await beside('second')
      await database.messages.select({ ...chat, messageId: 'second', now: (now += 10) })
      expect(await active()).toBe('second')
      expect(await row()).toMatchObject({ activeRunId: 'run of first' })
    })

    it('let a message wait only for what it is to follow', async () => {
      const wait = (id: string) =>
        database.queue.add({
          ...chat,
          id,
          text: id,
          model: undefined,
          lengthMax: 20,
          now: (now += 10),
        })
      await beside('second')
      await end('first')
      expect(await wait('one')).toMatchObject({ status: 'added', isNext: true })
      await database.queue.remove({ ...chat, id: 'one' })
      await database.messages.select({ ...chat, messageId: 'second', now: (now += 10) })
      expect(await wait('two')).toMatchObject({ status: 'added', isNext: false })
    })

    it('are compared no longer once the chat goes on', async () => {
      await beside('second')
      await end('first')
      await say('next')
      expect(await row()).toMatchObject({ comparedQuestionId: null })
    })

    it('cannot be removed while they are written', async () => {
      await beside('second')
      await end('first')
      const remove = () =>
        database.messages.remove({ ...chat, messageId: 'second', now: (now += 10) })
      expect(await remove()).toEqual({ status: 'busy', runId: 'run of second' })
      await end('second')
      expect(await remove()).toEqual({ status: 'removed', leafId: 'first' })
    })

    it('leave nothing when stopped before a word', async () => {
      await beside('second')
      await end('second', 'stopped')
      expect(await database.messages.get({ ...chat, messageId: 'second' })).toBeUndefined()
      expect(await row()).toMatchObject({ selectedLeafId: 'first' })
    })

    it('are for messages of the user, in chats of one’s own', async () => {
      await end('first')
      expect(await beside('second', 'first')).toEqual({ status: 'not-found' })
      expect(await beside('second', 'nowhere')).toEqual({ status: 'not-found' })
      const foreign = { ...common('second'), ...ofBen }
      expect(
        await database.runs.begin({ kind: 'compare', ...foreign, messageId: 'question' }),
      ).toEqual({ status: 'not-found' })
    })
  })
}
