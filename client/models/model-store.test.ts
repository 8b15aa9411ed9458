import { expect, it } from 'vitest'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import { createChatApi } from '../api/chat-api'
import { createModelStore } from './model-store'

const catalog: ModelCatalog = {
  endpoints: [
    {
      id: 'demo',
      name: 'Demo',
      kind: 'demo',
      status: 'ready',
      models: [
        { id: 'one', name: 'One' },
        { id: 'two', name: 'Two' },
      ],
    },
  ],
  defaultModel: { provider: 'demo', id: 'one' },
}
const two = { provider: 'demo', id: 'two' }

function setUp(
  stored = new Map<string, string>(),
  answer: () => Response = () => Response.json(catalog),
) {
  const kept = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  const paths: string[] = []
  const api = createChatApi((path) => {
    paths.push(path)
    return Promise.resolve(answer())
  })
  const store = createModelStore({ api, kept })
  store.seed(catalog)
  return { store, stored, paths }
}

it('starts with the server’s default and remembers a choice', () => {
  const { store, stored } = setUp()
  expect(store.getSnapshot().chosen).toEqual(catalog.defaultModel)
  store.choose(two)
  expect(store.getSnapshot().chosen).toEqual(two)
  expect(setUp(stored).store.getSnapshot().chosen).toEqual(two)
})

it('falls back to the default while the remembered model is away, or unreadable', () => {
  const away = new Map([['rivulet.model', JSON.stringify({ provider: 'gone', id: 'x' })]])
  expect(setUp(away).store.getSnapshot().chosen).toEqual(catalog.defaultModel)
  const broken = new Map([['rivulet.model', '{']])
  expect(setUp(broken).store.getSnapshot().chosen).toEqual(catalog.defaultModel)
})

it('looks again once, however often it is asked', async () => {
  const grown = { ...catalog, defaultModel: two }
  const { store, paths } = setUp(new Map(), () => Response.json(grown))
  const scans = [store.rescan(), store.rescan()]
  expect(store.getSnapshot().scanning).toBe(true)
  await Promise.all(scans)
  expect(paths).toEqual(['/api/models?rescan=1'])
  expect(store.getSnapshot()).toEqual({ catalog: grown, chosen: two, scanning: false })
})

it('keeps its catalog when the server does not answer', async () => {
  const { store } = setUp(new Map(), () => new Response('<html>', { status: 502 }))
  await expect(store.rescan()).rejects.toMatchObject({ problem: { status: 502, code: 'internal' } })
  expect(store.getSnapshot()).toMatchObject({ catalog, scanning: false })
})

it('takes the catalog as it is elsewhere by now, without a search', async () => {
  const grown = { ...catalog, defaultModel: two }
  const { store, paths } = setUp(new Map(), () => Response.json(grown))
  await store.refresh()
  expect(paths).toEqual(['/api/models'])
  expect(store.getSnapshot()).toMatchObject({ chosen: two, scanning: false })
})
