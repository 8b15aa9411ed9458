import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { libraryMax } from '@/shared/presets/limits'
import type { OpenedDatabase } from './database'
import { anyPreset } from './testing/call-everything'

const anna = { userId: 'anna' }
const ben = { userId: 'ben' }

/** What every engine must do with what users keep to begin chats with. */
export function describeLibrary(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the library of a user: ${name}`, () => {
    let opened: OpenedDatabase
    const presets = () => opened.database.presets
    const presetOf = (id: string) => ({ ...anyPreset, id })

    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.database.close())

    it('keeps what was put there, oldest first, each in its place when it is put again', async () => {
      const second = { ...presetOf('b'), name: '译者', instructions: '“翻译” 🌊' }
      await presets().put({ ...anna, item: presetOf('c'), now: 1 })
      await presets().put({ ...anna, item: second, now: 2 })
      const changed = { ...presetOf('c'), suggestions: [] }
      await presets().put({ ...anna, item: changed, now: 3 })

      expect(await presets().list(anna)).toEqual([changed, second])
      expect(await presets().get({ ...anna, id: 'b' })).toEqual(second)
    })

    it('is nobody else’s to see, to change or to empty, also where the ids are the same', async () => {
      await presets().put({ ...anna, item: presetOf('a'), now: 1 })

      expect(await presets().list(ben)).toEqual([])
      expect(await presets().get({ ...ben, id: 'a' })).toBeUndefined()
      expect(await presets().remove({ ...ben, id: 'a' })).toBe(false)
      await presets().put({ ...ben, item: { ...presetOf('a'), name: 'Ben’s' }, now: 2 })
      expect(await presets().list(anna)).toEqual([presetOf('a')])
    })

    it('lets go of what is removed, and of all with its user', async () => {
      await presets().put({ ...anna, item: presetOf('a'), now: 1 })
      await presets().put({ ...anna, item: presetOf('b'), now: 1 })

      expect(await presets().remove({ ...anna, id: 'a' })).toBe(true)
      expect(await presets().remove({ ...anna, id: 'a' })).toBe(false)
      await opened.connection.kysely.deleteFrom('users').where('id', '=', 'anna').execute()
      expect(await presets().list(anna)).toEqual([])
    })

    it('holds so many, of which each can still be changed', async () => {
      for (let index = 0; index < libraryMax; index += 1)
        await presets().put({ ...anna, item: presetOf(`p${index}`), now: index })

      expect(await presets().put({ ...anna, item: presetOf('more'), now: 1 })).toBe('too-many')
      expect(await presets().put({ ...anna, item: presetOf('p0'), now: 1 })).toBe('stored')
    })

    it('keeps presets and prompts apart, also under the same id', async () => {
      const { prompts } = opened.database
      const prompt = { id: 'a', name: 'Summary', text: 'Sum up {{text}}' }
      await presets().put({ ...anna, item: presetOf('a'), now: 1 })
      await prompts.put({ ...anna, item: prompt, now: 1 })

      expect(await prompts.list(anna)).toEqual([prompt])
      expect(await presets().list(anna)).toEqual([presetOf('a')])
      await prompts.remove({ ...anna, id: 'a' })
      expect(await presets().list(anna)).toEqual([presetOf('a')])
    })

    it('leaves out what it cannot read', async () => {
      await presets().put({ ...anna, item: presetOf('a'), now: 1 })
      await presets().put({ ...anna, item: presetOf('b'), now: 2 })
      await opened.connection.kysely
        .updateTable('library_items')
        .set({ content: JSON.stringify({ name: 7 }) })
        .where('id', '=', 'a')
        .execute()

      expect(await presets().list(anna)).toEqual([presetOf('b')])
      expect(await presets().get({ ...anna, id: 'a' })).toBeUndefined()
    })
  })
}
