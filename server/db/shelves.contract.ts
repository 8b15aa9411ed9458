import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { foldersMax } from '@/shared/chat/batch'
import { shelves } from '@/shared/chat/shelf'
import type { ChatArrangement } from './chats'
import type { Database, OpenedDatabase } from './database'

const anna = { userId: 'anna' }
const ben = { userId: 'ben' }

/** What every engine must do with folders, pinned and archived chats and answers not seen; as `describeDatabase`. */
export function describeShelves(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the shelves of the database: ${name}`, () => {
    let database: Database
    let opened: OpenedDatabase

    beforeEach(async () => {
      opened = await open()
      ;({ database } = opened)
      for (const id of ['a', 'b', 'c', 'd']) await submit(id, id.charCodeAt(0))
    })

    afterEach(() => database.close())

    function submit(
      chatId: string,
      now: number,
      { userId = 'anna', runId = `run-${chatId}` } = {},
    ) {
      return database.runs.begin({
        kind: 'submit',
        userId,
        chatId,
        runId,
        answerId: `answer-${runId}`,
        requestKey: `question-${runId}`,
        instance: 'here',
        model: { provider: 'openai', id: 'gpt' },
        message: { id: `question-${runId}`, text: 'Question' },
        title: 'Title',
        now,
      })
    }

    function end(runId: string, status: 'done' | 'stopped', now: number) {
      const parts = [{ type: 'text' as const, text: 'Answer' }]
      return database.runs.end({ runId, status, parts, metadata: {}, seq: 1, now })
    }

    function arrange(chatIds: string[], arrangement: ChatArrangement, now = 500, userId = 'anna') {
      return database.chats.arrange({ userId, chatIds, arrangement, now })
    }

    function folder(folderId: string, { userId = 'anna' } = {}) {
      return database.folders.create({ userId, folderId, name: `Name of ${folderId}`, now: 1 })
    }

    async function on(shelf: string | undefined, { userId = 'anna' } = {}): Promise<string> {
      const { chats } = await database.chats.list({ userId, limit: 10, shelf })
      return chats.map(({ id }) => id).join(' ')
    }

    const place = async (chatId: string) => {
      const row = await database.chats.get({ ...anna, chatId })
      return row && { pinnedAt: row.pinnedAt, archivedAt: row.archivedAt, folderId: row.folderId }
    }
    const unread = async (chatId: string) => (await database.chats.get({ ...anna, chatId }))?.unread

    it('hold each chat once, the latest first', async () => {
      await folder('work')
      await arrange(['a'], { pinned: true })
      await arrange(['b'], { archived: true })
      expect(await arrange(['c'], { folderId: 'work' })).toEqual(['c'])

      expect(await on(shelves.list)).toBe('d')
      expect(await on(shelves.pinned)).toBe('a')
      expect(await on(shelves.archived)).toBe('b')
      expect(await on('work')).toBe('c')
      expect(await on(undefined)).toBe('d c a')
    })

    it('page by key', async () => {
      await arrange(['a', 'b', 'c', 'd'], { archived: true })
      const pages: string[] = []
      let cursor: string | null | undefined
      do {
        const page = await database.chats.list({
          ...anna,
          limit: 2,
          shelf: shelves.archived,
          cursor: cursor ?? undefined,
        })
        pages.push(page.chats.map(({ id }) => id).join(' '))
        cursor = page.nextCursor
      } while (cursor)

      expect(pages).toEqual(['d c', 'b a'])
    })

    it('give a chat back to where it was', async () => {
      await folder('work')
      await arrange(['a'], { folderId: 'work' })
      await arrange(['a'], { pinned: true })
      expect(await on('work')).toBe('')
      await arrange(['a'], { archived: true })
      expect(await on(shelves.pinned)).toBe('')

      await arrange(['a'], { archived: false })
      expect(await on(shelves.pinned)).toBe('a')
      await arrange(['a'], { pinned: false })
      expect(await on('work')).toBe('a')
      await arrange(['a'], { folderId: null })
      expect(await on(shelves.list)).toBe('d c b a')
    })

    it('put a pinned chat into the folder it is moved to', async () => {
      await folder('work')
      await arrange(['a'], { pinned: true })
      await arrange(['a'], { folderId: 'work' })

      expect(await place('a')).toEqual({ pinnedAt: null, archivedAt: null, folderId: 'work' })
    })

    it('take back an archived chat in which somebody writes on', async () => {
      await end('run-a', 'done', 200)
      await arrange(['a'], { archived: true })
      await submit('a', 300, { runId: 'run-again' })

      expect(await on(shelves.list)).toBe('a d c b')
    })

    it('change many chats in one go, and pass over those that are not there', async () => {
      await submit('of-ben', 50, ben)

      expect((await arrange(['a', 'b', 'nowhere', 'of-ben'], { removed: true })).length).toBe(2)
      expect(await on(shelves.list)).toBe('d c')
      expect(await on(shelves.list, ben)).toBe('of-ben')
      expect(await arrange(['a'], { archived: true })).toEqual([])

      expect((await arrange(['a', 'b'], { removed: false })).length).toBe(2)
      expect(await on(shelves.list)).toBe('d c b a')
      const summaries = await database.chats.summaries({ ...anna, chatIds: ['a', 'of-ben'] })
      expect(summaries.map(({ id }) => id)).toEqual(['a'])
    })

    it('are in the order that their user gave them', async () => {
      const names = async () => (await database.folders.list(anna)).map(({ id }) => id).join(' ')
      for (const id of ['one', 'two', 'three']) expect(await folder(id)).toBe('created')
      expect(await folder('one')).toBe('created')
      expect(await names()).toBe('one two three')
      const [first] = await database.folders.list(anna)
      expect(Object.getPrototypeOf(first), 'a plain object, for pages').toBe(Object.prototype)

      expect(await database.folders.move({ ...anna, folderId: 'three', position: 0 })).toBe(true)
      expect(await names()).toBe('three one two')
      await folder('four')
      expect(await names()).toBe('three one two four')
    })

    it('leave the chats of a folder that goes in the list', async () => {
      await folder('work')
      await arrange(['a', 'b'], { folderId: 'work' })
      await arrange(['b'], { archived: true })
      await arrange(['c'], { folderId: 'work' })
      await arrange(['c'], { removed: true })

      expect(await database.folders.remove({ ...anna, folderId: 'work' })).toBe(true)
      await arrange(['c'], { removed: false })

      expect(await on(shelves.list)).toBe('d c a')
      expect(await on(shelves.archived)).toBe('b')
      expect(await database.folders.list(anna)).toEqual([])
    })

    it('are nobody else’s', async () => {
      await database.users.ensure({ ...ben, now: 1 })
      await folder('work')
      await folder('bens', ben)
      const asBen = { ...ben, folderId: 'work' }

      expect(await folder('work', ben)).toBe('taken')
      expect(await database.folders.rename({ ...asBen, name: 'Mine' })).toBe(false)
      expect(await database.folders.move({ ...asBen, position: 0 })).toBe(false)
      expect(await database.folders.remove(asBen)).toBe(false)
      expect(await arrange(['a'], { folderId: 'bens' })).toBe('no-folder')
      expect(await arrange(['a'], { folderId: 'nowhere' })).toBe('no-folder')
      expect(await arrange(['a'], { pinned: true }, 500, 'ben')).toEqual([])
      expect(await place('a')).toEqual({ pinnedAt: null, archivedAt: null, folderId: null })
      expect(await database.folders.list(anna)).toEqual([{ id: 'work', name: 'Name of work' }])
    })

    it('are as many as may be', async () => {
      for (let count = 0; count < foldersMax; count += 1) await folder(`folder-${count}`)

      expect(await folder('one-more')).toBe('too-many')
    })

    it('keep a chat in a folder or in the list while both change at once', async () => {
      for (let round = 0; round < 5; round += 1) {
        await folder(`work-${round}`)
        await Promise.all([
          arrange(['a', 'b'], { folderId: `work-${round}` }),
          database.folders.remove({ ...anna, folderId: `work-${round}` }),
        ])
        expect(await on(shelves.list)).toBe('d c b a')
      }
    })

    it('tell which answers nobody has looked at', async () => {
      expect(await unread('a')).toBe(false)
      await end('run-a', 'done', 200)
      expect(await unread('a')).toBe(true)
      await arrange(['a'], { seen: true }, 200)
      expect(await unread('a')).toBe(false)

      await submit('a', 300, { runId: 'run-again' })
      await end('run-again', 'stopped', 310)
      expect(await unread('a')).toBe(false)

      await submit('a', 400, { runId: 'run-cut' })
      await database.runs.interrupt({ runId: 'run-cut', now: 410 })
      expect(await unread('a')).toBe(true)
    })

    it('list 40 of 10,000 chats in under 10 ms, however they are placed', async () => {
      await folder('work')
      await opened.connection.transaction(async (transaction) => {
        for (let from = 0; from < 10_000; from += 500) {
          await transaction
            .insertInto('chats')
            .values(Array.from({ length: 500 }, (_, index) => manyChats(from + index)))
            .execute()
        }
      })
      for (const shelf of [...Object.values(shelves), 'work'])
        expect(await leastMs(() => listed(shelf))).toBeLessThan(10)
    })

    async function listed(shelf: string): Promise<void> {
      const page = await database.chats.list({ ...anna, limit: 40, shelf })
      expect(page.chats.length).toBe(40)
    }
  })
}

/** Most are archived, and those the latest: what a list without an index for it would read through. */
function manyChats(index: number) {
  const time = index + 1_000
  return {
    id: `many-${index}`,
    user_id: 'anna',
    title: 'Title',
    title_source: 'user' as const,
    created_at: time,
    updated_at: time,
    archived_at: index > 300 ? time : null,
    pinned_at: index <= 100 ? time : null,
    folder_id: index > 100 && index <= 200 ? 'work' : null,
  }
}

async function leastMs(act: () => Promise<void>): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < 5; round += 1) {
    const began = performance.now()
    await act()
    least = Math.min(least, performance.now() - began)
  }
  return least
}
