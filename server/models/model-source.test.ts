import { describe, expect, it } from 'vitest'
import { json, list, registryOf } from './testing/registry-bench'
import { serve } from './testing/serve'

describe('caching', () => {
  it('keeps a list for five minutes, and asks again on a rescan', async () => {
    const server = await serve(json(list('a')))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    clock.now += 299_000
    await registry.catalog()
    expect(server.seen).toHaveLength(1)
    clock.now += 1_000
    await registry.catalog()
    expect(server.seen).toHaveLength(2)
    await registry.catalog({ rescan: true })
    expect(server.seen).toHaveLength(3)
  })

  it('asks again after ten seconds where there was no answer', async () => {
    let status = 500
    const server = await serve((request, response) => json(list('a'), status)(request, response))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    status = 200
    clock.now += 9_000
    expect((await registry.catalog()).endpoints[0]?.status).toBe('unreachable')
    clock.now += 1_000
    expect((await registry.catalog()).endpoints[0]?.status).toBe('ready')
  })

  it('does not wait for a slow endpoint whose list it has', async () => {
    const slow = Promise.withResolvers<void>()
    let asked = 0
    const server = await serve((request, response) => {
      if (++asked === 1) return json(list('a'))(request, response)
      void slow.promise.then(() => json(list('b'))(request, response))
    })
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await registry.catalog()
    clock.now += 300_000
    expect((await registry.catalog()).endpoints[0]?.models.map(({ id }) => id)).toEqual(['a'])
    slow.resolve()
    await expect
      .poll(async () => (await registry.catalog()).endpoints[0]?.models.map(({ id }) => id))
      .toEqual(['b'])
  })

  it('shares one scan among calls at the same time', async () => {
    const server = await serve(json(list('a')))
    const { registry } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    await Promise.all([
      registry.catalog(),
      registry.catalog({ rescan: true }),
      registry.resolve({ provider: 'default', id: 'a' }),
    ])
    expect(server.seen).toHaveLength(1)
  })

  it('goes on with a model it knows while the list is out of reach, without asking for it', async () => {
    let status = 200
    const server = await serve((request, response) => json(list('a'), status)(request, response))
    const { registry, clock } = registryOf({ OPENAI_BASE_URL: server.baseUrl })
    const before = await registry.resolve({ provider: 'default', id: 'a' })
    status = 500
    clock.now += 600_000
    expect((await registry.resolve({ provider: 'default', id: 'a' }))?.model).toBe(before?.model)
    expect(server.seen).toHaveLength(1)
  })
})
