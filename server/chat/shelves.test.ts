import { expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import type { LiveEvent } from '@/shared/chat/live-event'
import { shelves } from '@/shared/chat/shelf'
import { arrangeChats, changeChat } from './change-chat'
import { changeFolder, createFolder, removeFolder } from './change-folders'
import { listChats, loadSidebar } from './list-chats'
import { chatId, openChatBench, userId } from './testing/chat-bench'

async function open() {
  const bench = await openChatBench(() => [step.text('An answer')])
  const { services } = bench
  const heard: LiveEvent[] = []
  const leaving = new AbortController()
  for (const id of [chatId, 'chat-2', 'chat-3'])
    await (
      await bench.send('hi', { chatId: id })
    ).finished
  services.liveEvents.subscribe(userId, {
    listener: (event) => heard.push(event),
    signal: leaving.signal,
  })
  const user = { services, userId }
  return { bench, user, heard, types: () => heard.map(({ type }) => type) }
}

it('tells other tabs where a chat stands now', async () => {
  const { bench, user, heard } = await open()
  await using _ = bench
  const summary = await changeChat({ ...user, chatId, change: { pinned: true, seen: true } })

  expect(summary).toMatchObject({ id: chatId, archivedAt: null, unread: false })
  expect(summary.pinnedAt).toBeGreaterThan(0)
  expect(heard).toEqual([{ type: 'chat-changed', chat: summary }])
})

it('says that an answer is unread until somebody has seen it', async () => {
  const { bench, user } = await open()
  await using _ = bench
  const { chats } = await listChats(user)
  expect(chats.map(({ unread }) => unread)).toEqual([true, true, true])

  await arrangeChats({ ...user, chatIds: [chatId, 'chat-2'], arrangement: { seen: true } })
  const after = await listChats(user)
  expect(after.chats.filter(({ unread }) => unread).map(({ id }) => id)).toEqual(['chat-3'])
})

it('changes many chats with one event, and undoes their removal with one more', async () => {
  const { bench, user, types } = await open()
  await using _ = bench
  const chatIds = [chatId, 'chat-2']
  expect(await arrangeChats({ ...user, chatIds, arrangement: { removed: true } })).toEqual([])
  expect((await listChats(user)).chats.map(({ id }) => id)).toEqual(['chat-3'])

  const back = await arrangeChats({ ...user, chatIds, arrangement: { removed: false } })
  expect(back.map(({ id }) => id).toSorted()).toEqual([chatId, 'chat-2'])
  expect(types()).toEqual(['chats-removed', 'chats-changed'])
})

it('stops what is being written in the chats that it removes', async () => {
  const hold = Promise.withResolvers<void>()
  await using bench = await openChatBench(function* () {
    yield step.text('Begun')
    yield step.wait(hold.promise)
  })
  const { services } = bench
  const run = await bench.send('hi')
  await bench.firstStreamed()
  await arrangeChats({ services, userId, chatIds: [chatId], arrangement: { removed: true } })

  await run.finished
  hold.resolve()
  expect((await services.db.runs.find({ runId: run.run.id }))?.status).toBe('stopped')
})

it('shows each list by its first page, and folders that are open', async () => {
  const { bench, user } = await open()
  await using _ = bench
  await createFolder({ ...user, folderId: 'work', name: 'Work' })
  await changeChat({ ...user, chatId, change: { folderId: 'work' } })
  await changeChat({ ...user, chatId: 'chat-2', change: { pinned: true } })

  const sidebar = await loadSidebar({ ...user, openFolderIds: ['work', 'nobody-has-this'] })
  const ids = (page: { chats: { id: string }[] } | undefined) => page?.chats.map(({ id }) => id)
  expect(ids(sidebar.list)).toEqual(['chat-3'])
  expect(ids(sidebar.pinned)).toEqual(['chat-2'])
  expect(ids(sidebar.opened['work'])).toEqual([chatId])
  expect(Object.keys(sidebar.opened)).toEqual(['work'])
  expect(sidebar.folders).toEqual([{ id: 'work', name: 'Work' }])
})

it('tells all folders whenever one changes', async () => {
  const { bench, user, heard } = await open()
  await using _ = bench
  await createFolder({ ...user, folderId: 'work', name: 'Work' })
  await createFolder({ ...user, folderId: 'home', name: 'Home' })
  await changeFolder({ ...user, folderId: 'home', name: 'House', position: 0 })
  await removeFolder({ ...user, folderId: 'work' })

  expect(heard.at(-1)).toEqual({
    type: 'folders-changed',
    folders: [{ id: 'home', name: 'House' }],
  })
  expect(heard).toHaveLength(4)
})

it('finds no folder of somebody else', async () => {
  const { bench, user } = await open()
  await using _ = bench
  const ben = { services: bench.services, userId: 'ben' }
  await createFolder({ ...ben, folderId: 'bens', name: 'Ben’s' })

  const notFound = { code: 'not-found' }
  await expect(changeChat({ ...user, chatId, change: { folderId: 'bens' } })).rejects.toMatchObject(
    notFound,
  )
  await expect(changeFolder({ ...user, folderId: 'bens', name: 'x' })).rejects.toMatchObject(
    notFound,
  )
  await expect(removeFolder({ ...user, folderId: 'bens' })).rejects.toMatchObject(notFound)
  await expect(createFolder({ ...user, folderId: 'bens', name: 'x' })).rejects.toMatchObject(
    notFound,
  )
})

it('brings an archived chat back when somebody writes on in it', async () => {
  const { bench, user } = await open()
  await using _ = bench
  await changeChat({ ...user, chatId, change: { archived: true } })
  expect((await listChats({ ...user, shelf: shelves.archived })).chats).toHaveLength(1)

  await (
    await bench.send('on', { id: 'another' })
  ).finished
  expect((await listChats({ ...user, shelf: shelves.archived })).chats).toHaveLength(0)
})
