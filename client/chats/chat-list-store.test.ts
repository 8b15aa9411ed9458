import { describe, expect, it } from 'vitest'
import type { ChatPage, ChatSummary, SidebarPages } from '@/shared/chat/chat-summary'
import { emptySidebar } from '@/shared/chat/empty-sidebar'
import { newChatPlace, shelves } from '@/shared/chat/shelf'
import type { ListApi } from '../api/list-api'
import type { ChatApi } from '../api/chat-api'
import { ProblemError, unreachableProblem } from '../api/http'
import { createChatChanges } from './chat-changes'
import { createChatListStore } from './chat-list-store'

function chat(id: string, updatedAt: number, more: Partial<ChatSummary> = {}): ChatSummary {
  return {
    id,
    title: `Title ${id}`,
    createdAt: 1,
    updatedAt,
    activeRunId: null,
    ...newChatPlace,
    ...more,
  }
}

type Call = {
  name: string
  argument: unknown
  answer: (value: unknown) => void
  refuse: () => void
}

/** An API whose calls wait for the test to answer them. */
function setUp(
  firstPage: ChatPage = { chats: [chat('c', 3), chat('b', 2)], nextCursor: 'after-b' },
  more: Partial<SidebarPages> = {},
) {
  const calls: Call[] = []
  function call<Value>(name: string, argument: unknown): Promise<Value> {
    return new Promise<Value>((resolve, reject) => {
      calls.push({
        name,
        argument,
        // The test answers with what the call it names gives.
        answer: (value) => resolve(value as Value),
        refuse: () => reject(new ProblemError(unreachableProblem)),
      })
    })
  }
  const api: ListApi & Pick<ChatApi, 'changeChat'> = {
    listChats: ({ cursor, shelf }) => call(cursor ? 'list' : `first ${shelf}`, cursor ?? undefined),
    loadSidebar: () => call('sidebar', undefined),
    changeChat: (chatId, change) => call('change', [chatId, change]),
    removeChat: (chatId) => call('remove', chatId),
    restoreChat: (chatId) => call('restore', chatId),
    changeChats: (chatIds, change) => call('batch', [chatIds, change]),
    createFolder: (folder) => call('create-folder', folder),
    changeFolder: (folderId, change) => call('change-folder', [folderId, change]),
    removeFolder: (folderId) => call('remove-folder', folderId),
  }
  const list = createChatListStore({ api })
  const changes = createChatChanges({ list, api, now: () => 77 })
  list.seed(sidebar(firstPage, more))
  const on = (shelf: string) => list.shelf(shelf).chats
  const shown = () => on(shelves.list).map(({ id, title }) => `${id} ${title}`)
  const ids = (shelf: string = shelves.list) => on(shelf).map(({ id }) => id)
  const loadMore = () => list.loadMore(shelves.list)
  return { list, changes, calls, shown, ids, on, loadMore }
}

function sidebar(list: ChatPage, more: Partial<SidebarPages> = {}): SidebarPages {
  return { ...emptySidebar, list, ...more }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the list of chats', () => {
  it('keeps its first seed', () => {
    const { list, ids } = setUp()
    list.seed(emptySidebar)
    expect(ids()).toEqual(['c', 'b'])
  })

  it('loads the next page once, however often it is asked', async () => {
    const { list, calls, ids, loadMore } = setUp()
    const loading = [loadMore(), loadMore()]
    expect(list.shelf(shelves.list).loadingMore).toBe(true)
    expect(calls).toMatchObject([{ name: 'list', argument: 'after-b' }])
    calls[0]?.answer({ chats: [chat('b', 2), chat('a', 1)], nextCursor: null })
    await Promise.all(loading)
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(list.shelf(shelves.list)).toMatchObject({ hasMore: false, loadingMore: false })
    await loadMore()
    expect(calls).toHaveLength(1)
  })

  it('can try again when a page could not be loaded', async () => {
    const { list, calls, loadMore } = setUp()
    const loading = loadMore()
    calls[0]?.refuse()
    await expect(loading).rejects.toBeInstanceOf(ProblemError)
    expect(list.shelf(shelves.list)).toMatchObject({ hasMore: true, loadingMore: false })
  })

  it('keeps what it heard while a page was on its way, which may be older', async () => {
    const running = chat('b', 2, { activeRunId: 'run-1' })
    const { list, calls, on } = setUp({ chats: [running], nextCursor: null })
    const refreshing = list.refresh()
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'run-1', status: 'done' })
    list.apply({ type: 'chat-changed', chat: chat('c', 3, { title: 'Heard' }) })
    const unheard = chat('b', 2, { title: 'New', activeRunId: 'run-1' })
    calls[0]?.answer(sidebar({ chats: [unheard], nextCursor: null }))
    await refreshing
    expect(on(shelves.list)).toEqual([
      chat('c', 3, { title: 'Heard' }),
      chat('b', 2, { title: 'New', unread: true }),
    ])

    const again = list.refresh()
    list.apply({ type: 'chat-changed', chat: chat('b', 4, { title: 'Newest' }) })
    calls[1]?.answer(sidebar({ chats: [chat('b', 2), chat('c', 3)], nextCursor: null }))
    await again
    expect(on(shelves.list)).toEqual([chat('b', 4, { title: 'Newest' }), chat('c', 3)])
  })

  it('shows a new title at once and takes it back when refused', async () => {
    const { changes, calls, shown } = setUp()
    const renaming = changes.rename('b', 'New')
    expect(shown()).toContain('b New')
    await settled()
    calls[0]?.refuse()
    await expect(renaming).rejects.toBeInstanceOf(ProblemError)
    expect(shown()).toContain('b Title b')
  })

  it('keeps the last of two titles, sent in order', async () => {
    const { changes, calls, shown } = setUp()
    const renaming = [changes.rename('b', 'One'), changes.rename('b', 'Two')]
    await settled()
    expect(calls).toHaveLength(1)
    calls[0]?.answer(chat('b', 2, { title: 'One' }))
    await settled()
    expect(shown()).toContain('b Two')
    calls[1]?.answer(chat('b', 2, { title: 'Two' }))
    await Promise.all(renaming)
    expect(shown()).toContain('b Two')
  })

  it('removes at once and brings back when refused', async () => {
    const { changes, calls, ids } = setUp()
    const removing = changes.remove(['c'])
    expect(ids()).toEqual(['b'])
    await settled()
    calls[0]?.refuse()
    await expect(removing).rejects.toBeInstanceOf(ProblemError)
    expect(ids()).toEqual(['c', 'b'])
  })

  it('undoes a removal, at once and behind the removal itself', async () => {
    const { changes, calls, ids } = setUp()
    const removing = changes.remove(['c'])
    const restoring = changes.restore(['c'])
    await settled()
    expect(calls.map(({ name }) => name)).toEqual(['remove'])
    calls[0]?.answer(undefined)
    await removing
    await settled()
    expect(ids()).toEqual(['c', 'b'])
    expect(calls.map(({ name }) => name)).toEqual(['remove', 'restore'])
    calls[1]?.answer(chat('c', 3))
    await restoring
    expect(ids()).toEqual(['c', 'b'])
  })

  it('leaves it removed when it can’t be restored', async () => {
    const { changes, calls, ids } = setUp()
    const removing = changes.remove(['c'])
    await settled()
    calls[0]?.answer(undefined)
    await removing
    const restoring = changes.restore(['c'])
    await settled()
    calls[1]?.refuse()
    await expect(restoring).rejects.toBeInstanceOf(ProblemError)
    expect(ids()).toEqual(['b'])
  })
})

describe('loading the first page again', () => {
  it('drops what is gone, adds what is new, and keeps what was loaded below', async () => {
    const { list, calls, ids, loadMore } = setUp()
    const more = loadMore()
    calls[0]?.answer({ chats: [chat('a', 1)], nextCursor: 'after-a' })
    await more
    const refreshing = list.refresh()
    calls[1]?.answer(sidebar({ chats: [chat('d', 4), chat('b', 2)], nextCursor: 'after-b' }))
    await refreshing
    expect(ids()).toEqual(['d', 'b', 'a'])
    void loadMore()
    expect(calls[2]?.argument).toBe('after-a')
  })

  it('starts over when too much has changed for the two to meet', async () => {
    const { list, calls, ids, loadMore } = setUp()
    const refreshing = list.refresh()
    calls[0]?.answer(sidebar({ chats: [chat('z', 9), chat('y', 8)], nextCursor: 'after-y' }))
    await refreshing
    expect(ids()).toEqual(['z', 'y'])
    void loadMore()
    expect(calls[1]?.argument).toBe('after-y')
  })

  it('does not bring back a chat that was removed meanwhile', async () => {
    const { list, changes, calls, ids } = setUp()
    const refreshing = list.refresh()
    const removing = changes.remove(['c'])
    await settled()
    calls[1]?.answer(undefined)
    await removing
    calls[0]?.answer(sidebar({ chats: [chat('c', 3), chat('b', 2)], nextCursor: null }))
    await refreshing
    expect(ids()).toEqual(['b'])
  })

  it('shows a chat that was brought back elsewhere', async () => {
    const { list, calls, ids } = setUp()
    list.apply({ type: 'chat-removed', chatId: 'c' })
    expect(ids()).toEqual(['b'])
    const refreshing = list.refresh()
    calls[0]?.answer(sidebar({ chats: [chat('c', 3), chat('b', 2)], nextCursor: null }))
    await refreshing
    expect(ids()).toEqual(['c', 'b'])
  })
})

describe('live events', () => {
  it('mark chats that are being written in', () => {
    const { list, on } = setUp()
    const active = () => on(shelves.list).map(({ activeRunId }) => activeRunId)
    list.apply({ type: 'run-started', chatId: 'b', runId: 'r1' })
    expect(active()).toEqual([null, 'r1'])
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'r0', status: 'done' })
    expect(active()).toEqual([null, 'r1'])
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'r1', status: 'stopped' })
    expect(active()).toEqual([null, null])
  })

  it('put a changed chat in its place', () => {
    const { list, shown } = setUp()
    list.apply({ type: 'chat-changed', chat: chat('b', 9, { title: 'Titled' }) })
    list.apply({ type: 'chat-changed', chat: chat('n', 10) })
    expect(shown()).toEqual(['n Title n', 'b Titled', 'c Title c'])
  })

  it('leave chats below the loaded part to its loading', () => {
    const { list, ids } = setUp()
    list.apply({ type: 'chat-changed', chat: chat('old', 1) })
    expect(ids()).toEqual(['c', 'b'])
  })

  it('do not undo a change that is on its way', () => {
    const { list, changes, shown } = setUp()
    void changes.rename('b', 'Mine')
    void changes.remove(['c'])
    list.apply({ type: 'chat-changed', chat: chat('b', 2) })
    list.apply({ type: 'chat-changed', chat: chat('c', 3) })
    expect(shown()).toEqual(['b Mine'])
  })
})

describe('the shelves', () => {
  const pinnedPage = { chats: [chat('p', 1, { pinnedAt: 5 })], nextCursor: null }
  const work = { id: 'work', name: 'Work' }

  it('hold a chat in one place, at once where it is put and back when refused', async () => {
    const { changes, calls, ids } = setUp()
    const pinning = changes.arrange(['b'], { pinned: true })
    expect([ids(), ids(shelves.pinned)]).toEqual([['c'], ['b']])
    await settled()
    calls[0]?.refuse()
    await expect(pinning).rejects.toBeInstanceOf(ProblemError)
    expect([ids(), ids(shelves.pinned)]).toEqual([['c', 'b'], []])
  })

  it('change many chats with one request, and bring them back with one', async () => {
    const { changes, calls, ids } = setUp()
    const removing = changes.remove(['b', 'c'])
    expect(ids()).toEqual([])
    await settled()
    expect(calls).toMatchObject([{ name: 'batch', argument: [['b', 'c'], { removed: true }] }])
    calls[0]?.answer([])
    await removing
    const restoring = changes.restore(['b', 'c'])
    await settled()
    calls[1]?.answer([chat('b', 2), chat('c', 3)])
    await restoring
    expect(ids()).toEqual(['c', 'b'])
    expect(calls).toHaveLength(2)
  })

  it('follow what other tabs do', () => {
    const { list, ids } = setUp(undefined, { pinned: pinnedPage, folders: [work] })
    list.apply({ type: 'chat-changed', chat: chat('p', 1, { folderId: 'work' }) })
    list.apply({
      type: 'chats-changed',
      chats: [chat('b', 2, { archivedAt: 9 }), chat('c', 3, { pinnedAt: 9 })],
    })
    expect(ids()).toEqual([])
    expect(ids(shelves.pinned)).toEqual(['c'])
    expect(ids(shelves.archived)).toEqual(['b'])
    expect(ids('work')).toEqual(['p'])
    list.apply({ type: 'chats-removed', chatIds: ['p', 'c'] })
    expect([...ids('work'), ...ids(shelves.pinned)]).toEqual([])
  })

  it('give the chats of a folder that goes back to the list', async () => {
    const { list, changes, calls, ids } = setUp(
      { chats: [chat('c', 3)], nextCursor: null },
      {
        folders: [work],
        opened: { work: { chats: [chat('w', 2, { folderId: 'work' })], nextCursor: null } },
      },
    )
    const removing = changes.removeFolder('work')
    expect(list.folders()).toEqual([])
    expect(ids()).toEqual(['c', 'w'])
    calls[0]?.answer([])
    await removing
    calls[1]?.answer({
      chats: [chat('c', 3), chat('w', 2), chat('unknown till now', 1)],
      nextCursor: null,
    })
    await settled()
    expect(ids()).toEqual(['c', 'w', 'unknown till now'])
  })

  it('show a folder at once, and not one that was refused', async () => {
    const { list, changes, calls } = setUp()
    const creating = changes.createFolder(work)
    expect(list.folders()).toEqual([work])
    calls[0]?.refuse()
    await expect(creating).rejects.toBeInstanceOf(ProblemError)
    expect(list.folders()).toEqual([])
  })

  it('load what was not loaded with its first page', async () => {
    const { list, calls, ids } = setUp()
    const loading = list.loadMore(shelves.archived)
    expect(calls).toMatchObject([{ name: 'first @archived' }])
    calls[0]?.answer({ chats: [chat('old', 1, { archivedAt: 4 })], nextCursor: null })
    await loading
    expect(ids(shelves.archived)).toEqual(['old'])
  })

  it('say that an answer is unread until it was seen, here or elsewhere', () => {
    const { list, on } = setUp()
    const unread = () => on(shelves.list).map((each) => each.unread)
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'r1', status: 'stopped' })
    expect(unread()).toEqual([false, false])
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'r1', status: 'done' })
    expect(unread()).toEqual([false, true])
    list.apply({ type: 'chat-changed', chat: chat('b', 2) })
    expect(unread()).toEqual([false, false])
  })

  it('keep every chat that a change does not touch the same object', () => {
    const { list, on } = setUp()
    const [before] = on(shelves.list)
    const pinned = on(shelves.pinned)
    list.apply({ type: 'chat-changed', chat: chat('b', 2, { title: 'Other' }) })
    list.apply({ type: 'chat-changed', chat: chat('c', 3) })
    expect(on(shelves.list)[0]).toBe(before)
    expect(on(shelves.pinned)).toBe(pinned)
  })

  it('cost no more for a change among 10,000 than a few of its steps', () => {
    const chats = Array.from({ length: 10_000 }, (_, index) => chat(`n${index}`, 20_000 - index))
    const { list, on } = setUp({ chats, nextCursor: null })
    const began = performance.now()
    for (let change = 0; change < 100; change += 1) {
      list.apply({ type: 'chat-changed', chat: chat(`n${change * 99}`, 30_000 + change) })
      on(shelves.list)
    }
    expect((performance.now() - began) / 100).toBeLessThan(5)
    expect(on(shelves.list)).toHaveLength(10_000)
  })
})
