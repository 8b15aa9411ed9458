import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OpenedDatabase } from './database'

/** What every engine must do with the endpoints that users bring along. */
export function describeUserEndpoints(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the endpoints of a user: ${name}`, () => {
    let opened: OpenedDatabase
    const anna = { userId: 'anna', endpointId: 'own-1' }
    const values = {
      name: 'Work “1”',
      kind: 'compatible',
      baseUrl: 'https://api.example/v1',
      sealedKey: 'v1.sealed',
      models: [{ id: 'qwen3' }, { id: 'm', name: 'Model 中' }],
    } as const
    const stored = { ...values, models: [...values.models] }
    const endpoints = () => opened.database.userEndpoints
    const create = (endpointId = 'own-1', countMax = 3) =>
      endpoints().create({ ...anna, endpointId, values: stored, countMax, now: 1 })

    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.database.close())

    it('are kept as they were given, the oldest first, and no more than may be', async () => {
      expect(await endpoints().list(anna)).toEqual([])

      expect([await create('b'), await create('a'), await create('c')]).toEqual([true, true, true])
      expect(await create('d')).toBe(false)

      const listed = await endpoints().list(anna)
      expect(listed.map(({ id }) => id)).toEqual(['a', 'b', 'c'])
      expect(listed[0]).toEqual({ id: 'a', ...stored, updatedAt: 1 })
    })

    it('are changed, and every change is later than the one before', async () => {
      await create()
      const changed = { ...stored, name: 'Home', kind: 'openai' as const, sealedKey: null }

      expect(await endpoints().change({ ...anna, values: changed, now: 5 })).toBe(true)
      expect(await endpoints().list(anna)).toEqual([{ id: 'own-1', ...changed, updatedAt: 5 }])
      expect(await endpoints().change({ ...anna, values: changed, now: 5 })).toBe(true)
      expect(await endpoints().list(anna)).toMatchObject([{ updatedAt: 6 }])
    })

    it('get the same key under another secret only while it is the same', async () => {
      await create()

      await endpoints().reseal({ ...anna, from: 'v1.other', to: 'v1.late' })
      expect(await endpoints().list(anna)).toMatchObject([{ sealedKey: 'v1.sealed' }])
      await endpoints().reseal({ ...anna, from: 'v1.sealed', to: 'v1.anew' })
      expect(await endpoints().list(anna)).toMatchObject([{ sealedKey: 'v1.anew', updatedAt: 1 }])
    })

    it('are nobody else’s to see, change or remove, and go with their user', async () => {
      await create()
      const ben = { ...anna, userId: 'ben' }

      expect(await endpoints().list(ben)).toEqual([])
      expect(await endpoints().change({ ...ben, values: stored, now: 2 })).toBe(false)
      await endpoints().reseal({ ...ben, from: 'v1.sealed', to: 'v1.bens' })
      expect(await endpoints().remove(ben)).toBe(false)
      expect(await endpoints().list(anna)).toEqual([{ id: 'own-1', ...stored, updatedAt: 1 }])

      expect(await endpoints().remove(anna)).toBe(true)
      expect(await endpoints().remove(anna)).toBe(false)
      await create()
      await opened.connection.kysely.deleteFrom('users').where('id', '=', 'anna').execute()
      expect(await endpoints().list(anna)).toEqual([])
    })
  })
}
