import { beforeEach, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { createKeptAnswers, keptChatsMax } from './kept-answers'

const schema = z.object({ said: z.string() })

/** As much of `CacheStorage` as is used: entries in the order in which they were put. */
function createFakeCaches() {
  const stores = new Map<string, Map<string, Response>>()
  const pathOf = (request: Request | string) =>
    typeof request === 'string' ? request : new URL(request.url).pathname
  const open = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>()
    stores.set(name, store)
    return Promise.resolve({
      put: async (path: string, response: Response) => void store.set(path, response),
      match: async (path: string) => store.get(path)?.clone(),
      delete: async (request: Request | string) => store.delete(pathOf(request)),
      keys: async () => [...store.keys()].map((path) => new Request(`http://here${path}`)),
    })
  }
  const fake = {
    open,
    keys: async () => [...stores.keys()],
    delete: async (name: string) => stores.delete(name),
  }
  return { stores, caches: fake as unknown as CacheStorage }
}

let user: string | null
let answer: (path: string) => Response
let fake: ReturnType<typeof createFakeCaches>

const create = () =>
  createKeptAnswers({
    fetch: async (path) => answer(path),
    caches: fake.caches,
    user: () => user,
  })

beforeEach(() => {
  user = 'one'
  fake = createFakeCaches()
  answer = (path) => Response.json({ said: path })
})

it('what was kept is read again, the newest of it', async () => {
  const kept = create()
  await kept.keep(['/api/settings'])
  answer = () => Response.json({ said: 'later' })
  await kept.keep(['/api/settings'])
  expect(await kept.read('/api/settings', schema)).toEqual({ said: 'later' })
  expect(await kept.read('/api/models', schema)).toBeUndefined()
})

it('the chats that were read last are kept, and none that is gone', async () => {
  const kept = create()
  const paths = Array.from({ length: keptChatsMax + 2 }, (_, index) => `/api/chats/c${index}`)
  await kept.keep(['/api/sidebar', ...paths])
  await kept.keep(['/api/chats/c2'])
  await kept.keep(['/api/chats/new'])
  const has = async (path: string) => (await kept.read(path, schema)) !== undefined
  expect(await has('/api/chats/c0')).toBe(false)
  expect(await has('/api/chats/c2'), 'read again since').toBe(true)
  expect(await has('/api/chats/c3'), 'the oldest of too many').toBe(false)
  expect(await has('/api/sidebar'), 'is no chat').toBe(true)

  answer = () => new Response(null, { status: 503 })
  await kept.keep(['/api/chats/c2'])
  expect(await has('/api/chats/c2'), 'the server is only away').toBe(true)
  answer = () => new Response(null, { status: 404 })
  await kept.keep(['/api/chats/c2'])
  expect(await has('/api/chats/c2'), 'it was deleted').toBe(false)
})

it('nobody reads what was kept for another user, and the next page forgets it', async () => {
  await create().keep(['/api/settings'])
  user = 'other'
  const kept = create()
  expect(await kept.read('/api/settings', schema)).toBeUndefined()
  await kept.keep(['/api/settings'])
  await kept.forgetOthers()
  expect([...fake.stores.keys()]).toEqual(['rivulet-kept-other'])
  user = null
  expect(await kept.read('/api/settings', schema), 'and nobody is not somebody').toBeUndefined()
})

it('an answer is not kept when the user has changed while it came', async () => {
  const kept = create()
  answer = (path) => {
    user = 'other'
    return Response.json({ said: path })
  }
  await kept.keep(['/api/settings'])
  user = 'one'
  expect(await kept.read('/api/settings', schema)).toBeUndefined()
})

it('without a store nothing is kept and nothing fails', async () => {
  const kept = createKeptAnswers({
    fetch: async (path) => answer(path),
    caches: undefined,
    user: () => user,
  })
  await kept.keep(['/api/settings'])
  await kept.forgetOthers()
  expect(await kept.read('/api/settings', schema)).toBeUndefined()
})
