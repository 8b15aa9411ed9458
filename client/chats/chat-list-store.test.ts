import { describe, expect, it } from 'vitest'
import type { ChatPage, ChatSummary } from '@/shared/chat/chat-summary'
import { newChatPlace } from '@/shared/chat/shelf'
import type { ChatApi } from '../api/chat-api'
import { ProblemError, unreachableProblem } from '../api/http'
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
  const api: ChatApi = {
    listChats: ({ cursor }) => call('list', cursor),
    loadChat: (chatId) => call('load', chatId),
    loadEarlier: (chatId) => call('earlier', chatId),
    changeChat: (chatId, { title }) => call('rename', [chatId, title]),
    removeChat: (chatId) => call('remove', chatId),
    restoreChat: (chatId) => call('restore', chatId),
    stopRun: (chatId) => call('stop', chatId),
    loadModels: () => call('models', undefined),
  }
  const list = createChatListStore({ api })
  list.seed(firstPage)
  const shown = () => list.getSnapshot().chats.map(({ id, title }) => `${id} ${title}`)
  const ids = () => list.getSnapshot().chats.map(({ id }) => id)
  return { list, calls, shown, ids }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('the list of chats', () => {
  it('keeps its first seed', () => {
    const { list, ids } = setUp()
    list.seed({ chats: [], nextCursor: null })
    expect(ids()).toEqual(['c', 'b'])
  })

  it('loads the next page once, however often it is asked', async () => {
    const { list, calls, ids } = setUp()
    const loading = [list.loadMore(), list.loadMore()]
    expect(list.getSnapshot().loadingMore).toBe(true)
    expect(calls).toMatchObject([{ name: 'list', argument: 'after-b' }])
    calls[0]?.answer({ chats: [chat('b', 2), chat('a', 1)], nextCursor: null })
    await Promise.all(loading)
    expect(ids()).toEqual(['c', 'b', 'a'])
    expect(list.getSnapshot()).toMatchObject({ hasMore: false, loadingMore: false })
    await list.loadMore()
    expect(calls).toHaveLength(1)
  })

  it('can try again when a page could not be loaded', async () => {
    const { list, calls } = setUp()
    const loading = list.loadMore()
    calls[0]?.refuse()
    await expect(loading).rejects.toBeInstanceOf(ProblemError)
    expect(list.getSnapshot()).toMatchObject({ hasMore: true, loadingMore: false })
  })

  it('keeps what it heard while a page was on its way, which may be older', async () => {
    const running = chat('b', 2, { activeRunId: 'run-1' })
    const { list, calls } = setUp({ chats: [running], nextCursor: null })
    const refreshing = list.refresh()
    list.apply({ type: 'run-ended', chatId: 'b', runId: 'run-1', status: 'done' })
    list.apply({ type: 'chat-changed', chat: chat('c', 3, { title: 'Heard' }) })
    const unheard = chat('b', 2, { title: 'New', activeRunId: 'run-1' })
    calls[0]?.answer({ chats: [unheard], nextCursor: null })
    await refreshing
    expect(list.getSnapshot().chats).toEqual([
      chat('c', 3, { title: 'Heard' }),
      chat('b', 2, { title: 'New' }),
    ])

    const again = list.refresh()
    list.apply({ type: 'chat-changed', chat: chat('b', 4, { title: 'Newest' }) })
    calls[1]?.answer({ chats: [chat('b', 2), chat('c', 3)], nextCursor: null })
    await again
    expect(list.getSnapshot().chats).toEqual([chat('b', 4, { title: 'Newest' }), chat('c', 3)])
  })

  it('shows a new title at once and takes it back when refused', async () => {
    const { list, calls, shown } = setUp()
    const renaming = list.rename('b', 'New')
    expect(shown()).toContain('b New')
    await settled()
    calls[0]?.refuse()
    await expect(renaming).rejects.toBeInstanceOf(ProblemError)
    expect(shown()).toContain('b Title b')
  })

  it('keeps the last of two titles, sent in order', async () => {
    const { list, calls, shown } = setUp()
    const renaming = [list.rename('b', 'One'), list.rename('b', 'Two')]
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
    const { list, calls, ids } = setUp()
    const removing = list.remove('c')
    expect(ids()).toEqual(['b'])
    await settled()
    calls[0]?.refuse()
    await expect(removing).rejects.toBeInstanceOf(ProblemError)
    expect(ids()).toEqual(['c', 'b'])
  })

  it('undoes a removal, at once and behind the removal itself', async () => {
    const { list, calls, ids } = setUp()
    const removing = list.remove('c')
    const restoring = list.restore('c')
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
    const { list, calls, ids } = setUp()
    const removing = list.remove('c')
    await settled()
    calls[0]?.answer(undefined)
    await removing
    const restoring = list.restore('c')
    await settled()
    calls[1]?.refuse()
    await expect(restoring).rejects.toBeInstanceOf(ProblemError)
    expect(ids()).toEqual(['b'])
  })
})

describe('loading the first page again', () => {
  it('drops what is gone, adds what is new, and keeps what was loaded below', async () => {
    const { list, calls, ids } = setUp()
    const more = list.loadMore()
    calls[0]?.answer({ chats: [chat('a', 1)], nextCursor: 'after-a' })
    await more
    const refreshing = list.refresh()
    calls[1]?.answer({ chats: [chat('d', 4), chat('b', 2)], nextCursor: 'after-b' })
    await refreshing
    expect(ids()).toEqual(['d', 'b', 'a'])
    void list.loadMore()
    expect(calls[2]?.argument).toBe('after-a')
  })

  it('starts over when too much has changed for the two to meet', async () => {
    const { list, calls, ids } = setUp()
    const refreshing = list.refresh()
    calls[0]?.answer({ chats: [chat('z', 9), chat('y', 8)], nextCursor: 'after-y' })
    await refreshing
    expect(ids()).toEqual(['z', 'y'])
    void list.loadMore()
    expect(calls[1]?.argument).toBe('after-y')
  })

  it('does not bring back a chat that was removed meanwhile', async () => {
    const { list, calls, ids } = setUp()
    const refreshing = list.refresh()
    const removing = list.remove('c')
    await settled()
    calls[1]?.answer(undefined)
    await removing
    calls[0]?.answer({ chats: [chat('c', 3), chat('b', 2)], nextCursor: null })
    await refreshing
    expect(ids()).toEqual(['b'])
  })

  it('shows a chat that was brought back elsewhere', async () => {
    const { list, calls, ids } = setUp()
    list.apply({ type: 'chat-removed', chatId: 'c' })
    expect(ids()).toEqual(['b'])
    const refreshing = list.refresh()
    calls[0]?.answer({ chats: [chat('c', 3), chat('b', 2)], nextCursor: null })
    await refreshing
    expect(ids()).toEqual(['c', 'b'])
  })
})

describe('live events', () => {
  it('mark chats that are being written in', () => {
    const { list } = setUp()
    const active = () => list.getSnapshot().chats.map(({ activeRunId }) => activeRunId)
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
    const { list, shown } = setUp()
    void list.rename('b', 'Mine')
    void list.remove('c')
    list.apply({ type: 'chat-changed', chat: chat('b', 2) })
    list.apply({ type: 'chat-changed', chat: chat('c', 3) })
    expect(shown()).toEqual(['b Mine'])
  })
})
