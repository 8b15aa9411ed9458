import type { Problem } from '@/shared/errors/problem'
import { problemOf } from '../api/http'

export type LibrarySnapshot<Item> = {
  /** Oldest first; missing until they were loaded. */
  readonly items: readonly Item[] | undefined
  /** The last try to load them came to nothing. */
  readonly failed: boolean
}

/** What a user keeps of one kind, as the server said last. */
export type LibraryStore<Item extends { id: string }> = {
  getSnapshot: () => LibrarySnapshot<Item>
  subscribe: (listener: () => void) => () => void
  /** Asks the server. Nothing is thrown: the snapshot says when it failed. */
  load: () => Promise<void>
  /** Something changed elsewhere: asks again where somebody has looked at it. */
  refresh: () => Promise<void>
  /** Stores it in the place of the one with its id, or as a new one. Resolves with what stood in the way. */
  put: (item: Item) => Promise<Problem | undefined>
  remove: (id: string) => Promise<Problem | undefined>
}

type Request = { id?: string; method?: 'PUT' | 'DELETE'; body?: object }

/** @param request asks the server, which answers each time with all that there are then */
export function createLibraryStore<Item extends { id: string }>(
  request: (request: Request) => Promise<readonly Item[]>,
): LibraryStore<Item> {
  const listeners = new Set<() => void>()
  let snapshot: LibrarySnapshot<Item> = { items: undefined, failed: false }
  let last: Promise<unknown> = Promise.resolve()

  function show(next: LibrarySnapshot<Item>) {
    snapshot = next
    for (const listener of listeners) listener()
  }

  /** One after the other, so that each answer is the newest there is. */
  function ask(options: Request): Promise<Problem | undefined> {
    const asked = last.then(() => answer(options))
    last = asked
    return asked
  }

  async function answer(options: Request): Promise<Problem | undefined> {
    try {
      show({ items: await request(options), failed: false })
      return undefined
    } catch (error) {
      return problemOf(error)
    }
  }

  async function load() {
    if (await ask({})) show({ ...snapshot, failed: true })
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    load,
    refresh: async () => {
      if (snapshot.items) await load()
    },
    put: ({ id, ...body }) => ask({ id, method: 'PUT', body }),
    remove: (id) => ask({ id, method: 'DELETE' }),
  }
}
