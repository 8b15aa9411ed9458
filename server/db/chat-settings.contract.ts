import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatSettings } from '@/shared/chat/chat-settings'
import { defaultParameters } from '@/shared/models/parameters'
import type { OpenedDatabase } from './database'
import { anySubmit } from './testing/call-everything'

const anna = { userId: 'anna', chatId: 'chat' }
const ben = { userId: 'ben', chatId: 'chat' }
const defaults = { preset: null, instructions: '', parameters: defaultParameters }
const begun: ChatSettings = {
  preset: { id: 'p', name: '“Übersetzer” 译', icon: 'languages' },
  instructions: 'Translate.\n翻译。 🌊',
  parameters: { ...defaultParameters, temperature: 0.25 },
}

/** What every engine must do with what is told to the model of a chat. */
export function describeChatSettings(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the settings of a chat: ${name}`, () => {
    let opened: OpenedDatabase
    const settings = () => opened.database.chatSettings
    const begin = (options: { settings?: ChatSettings } = {}) =>
      opened.database.runs.begin({ ...anySubmit, ...anna, ...options })

    beforeEach(async () => {
      opened = await open()
    })
    afterEach(() => opened.database.close())

    it('are the defaults of a chat that began with none', async () => {
      await begin()
      expect(await settings().get(anna)).toEqual(defaults)
    })

    it('are those that its first message brought, and no later one changes them', async () => {
      await begin({ settings: begun })
      await begin({ settings: { ...begun, instructions: 'Others' } })
      expect(await settings().get(anna)).toEqual(begun)
    })

    it('change by name, for two tabs at once, and leave the preset', async () => {
      await begin({ settings: begun })
      await Promise.all([
        settings().changeParameters({ ...anna, parameters: { topP: 0.5, temperature: null } }),
        settings().changeParameters({ ...anna, parameters: { reasoningEffort: 'low' } }),
      ])
      expect(await settings().get(anna)).toEqual({
        ...begun,
        parameters: { ...defaultParameters, topP: 0.5, reasoningEffort: 'low' },
      })
    })

    it('are nobody else’s to read or to change', async () => {
      await begin({ settings: begun })
      expect(await settings().get(ben)).toBeUndefined()
      expect(
        await settings().changeParameters({ ...ben, parameters: { temperature: 2 } }),
      ).toBeUndefined()
      expect(await settings().get(anna)).toEqual(begun)
    })

    it('go with their chat', async () => {
      await begin({ settings: begun })
      await opened.database.chats.remove({ ...anna, now: 1 })
      expect(await settings().get(anna)).toBeUndefined()
      await opened.database.chats.purgeRemoved({ removedBefore: 2 })
      const rows = await opened.connection.kysely
        .selectFrom('chat_settings')
        .select('chat_id')
        .execute()
      expect(rows).toEqual([])
    })

    it('that are damaged count as not chosen', async () => {
      await begin({ settings: begun })
      await opened.connection.kysely
        .updateTable('chat_settings')
        .set({ parameters: JSON.stringify({ temperature: 'hot', topP: 0.5, later: 1 }) })
        .execute()
      expect(await settings().get(anna)).toMatchObject({
        parameters: { ...defaultParameters, topP: 0.5 },
      })
    })
  })
}
