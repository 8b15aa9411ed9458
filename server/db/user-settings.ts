import 'server-only'
import { z } from 'zod'
import { settingsOf, type SettingsChange, type UserSettings } from '@/shared/settings/user-settings'
import type { Connection } from './connection'
import { decodeJson, encodeJson } from './json-codec'
import { ensureUser } from './users'

export type UserSettingsQueries = {
  /** What the user chose; defaults for the rest. */
  get(user: { userId: string }): Promise<UserSettings>
  /** Stores what the change names, and leaves the rest as it is. */
  change(change: { userId: string; values: SettingsChange; now: number }): Promise<void>
}

const storedVersion = 1
const storedSchema = z.object({ v: z.literal(storedVersion), value: z.unknown() })

export function createUserSettingsQueries({
  kysely,
  transaction,
}: Connection): UserSettingsQueries {
  return {
    async get({ userId }) {
      const rows = await kysely
        .selectFrom('user_settings')
        .where('user_id', '=', userId)
        .select(['name', 'value'])
        .execute()
      return settingsOf(new Map(rows.map(({ name, value }) => [name, decodeSetting(value)])))
    },

    async change({ userId, values, now }) {
      const rows = Object.entries(values).map(([name, value]) => ({
        user_id: userId,
        name,
        value: encodeJson({ v: storedVersion, value }),
        updated_at: now,
      }))
      if (rows.length === 0) return
      await transaction(async (open) => {
        await ensureUser(open, { userId, now })
        await open
          .insertInto('user_settings')
          .values(rows)
          .onConflict((conflict) =>
            conflict.columns(['user_id', 'name']).doUpdateSet((eb) => ({
              value: eb.ref('excluded.value'),
              updated_at: eb.ref('excluded.updated_at'),
            })),
          )
          .execute()
      })
    },
  }
}

function decodeSetting(column: unknown): unknown {
  return storedSchema.safeParse(decodeJson(column)).data?.value
}
