import { expect, it } from 'vitest'
import { ProblemError, unreachableProblem } from '../api/http'
import { createLibraryStore } from './library-store'

type Item = { id: string; name: string }

/** A server that keeps what is put there, unless it is out of reach. */
function openBench() {
  const kept = new Map<string, Item>()
  const server = { reachable: true, asked: 0 }
  const store = createLibraryStore<Item>(async ({ id, method, body }) => {
    server.asked += 1
    await Promise.resolve()
    if (!server.reachable) throw new ProblemError(unreachableProblem)
    if (id && method === 'PUT') kept.set(id, { name: '', ...body, id })
    if (id && method === 'DELETE') kept.delete(id)
    return [...kept.values()]
  })
  return { store, server, kept, items: () => store.getSnapshot().items }
}

it('shows what the server has after each change, in the order of the changes', async () => {
  const { store, items } = openBench()
  const changes = [
    store.put({ id: 'a', name: 'One' }),
    store.put({ id: 'b', name: 'Two' }),
    store.put({ id: 'a', name: 'One again' }),
    store.remove('b'),
  ]

  expect(await Promise.all(changes)).toEqual([undefined, undefined, undefined, undefined])
  expect(items()).toEqual([{ id: 'a', name: 'One again' }])
})

it('says what stood in the way of a change, and keeps what it has', async () => {
  const { store, server, items } = openBench()
  await store.put({ id: 'a', name: 'One' })
  server.reachable = false

  expect(await store.remove('a')).toEqual(unreachableProblem)
  await store.load()
  expect(items()).toHaveLength(1)
  expect(store.getSnapshot().failed).toBe(true)
  server.reachable = true
  await store.load()
  expect(store.getSnapshot().failed).toBe(false)
})

it('asks nothing on news from elsewhere until somebody has looked', async () => {
  const { store, server, kept, items } = openBench()
  kept.set('a', { id: 'a', name: 'From elsewhere' })
  await store.refresh()
  expect(server.asked).toBe(0)

  await store.load()
  kept.clear()
  await store.refresh()
  expect(items()).toEqual([])
})
