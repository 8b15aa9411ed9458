import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { defaultSettings } from '@/shared/settings/default-settings'
import type { OpenedDatabase } from './database'

/** What every engine must do with what a user chose. */
export function describeUserSettings(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the settings of a user: ${name}`, () => {
    let opened: OpenedDatabase
    const anna = { userId: 'anna' }
    const settings = () => opened.database.userSettings

    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.database.close())

    it('are the defaults until something is chosen, also of a user that nothing is known of', async () => {
      expect(await settings().get(anna)).toEqual(defaultSettings)
    })

    it('keep each value, and the text of instructions as it was written', async () => {
      const aboutUser = 'I teach “Physics”.\n我住在北京。 🌊'
      const favouriteModels = [{ provider: 'openai', id: 'gpt-5-mini' }]
      const values = { aboutUser, favouriteModels, theme: 'dark', codeWrap: true } as const

      await settings().change({ ...anna, values, now: 1 })

      expect(await settings().get(anna)).toEqual({ ...defaultSettings, ...values })
    })

    it('change by name: what one device changes leaves what another did', async () => {
      await Promise.all([
        settings().change({ ...anna, values: { theme: 'dark', textSize: 'large' }, now: 1 }),
        settings().change({ ...anna, values: { sendKey: 'mod-enter' }, now: 1 }),
      ])
      await settings().change({ ...anna, values: { theme: null }, now: 2 })

      expect(await settings().get(anna)).toEqual({
        ...defaultSettings,
        textSize: 'large',
        sendKey: 'mod-enter',
      })
    })

    it('are stored for their user alone, and go with the user', async () => {
      const { database, connection } = opened
      await settings().change({ ...anna, values: { theme: 'dark' }, now: 1 })
      await settings().change({ userId: 'ben', values: { theme: 'light' }, now: 1 })

      expect(await settings().get({ userId: 'ben' })).toMatchObject({ theme: 'light' })
      await connection.kysely.deleteFrom('users').where('id', '=', 'anna').execute()
      expect(await database.userSettings.get(anna)).toEqual(defaultSettings)
    })

    it('of a newer version, and damaged ones, count as not chosen', async () => {
      await settings().change({ ...anna, values: { theme: 'dark', motion: 'reduced' }, now: 1 })
      const { kysely } = opened.connection
      const damage = (setting: string, value: unknown) =>
        kysely
          .updateTable('user_settings')
          .set({ value: JSON.stringify(value) })
          .where('name', '=', setting)
          .execute()
      await damage('theme', { v: 2, value: 'dark' })
      await damage('motion', { v: 1, value: 'gentle' })

      expect(await settings().get(anna)).toEqual(defaultSettings)
    })

    it('are not touched by a change that names nothing', async () => {
      await settings().change({ ...anna, values: {}, now: 1 })

      expect(await settings().get(anna)).toEqual(defaultSettings)
    })
  })
}
