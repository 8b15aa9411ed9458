import * as z from 'zod/mini'
import { locales } from '../i18n/locales'
import { modelRefSchema } from '../models/model-catalog'
import { defaultSettings } from './default-settings'
import { instructionsLengthMax } from './limits'

const modelListMax = 500

const modelListSchema = z.array(modelRefSchema).check(z.maxLength(modelListMax))
const instructionsSchema = z.string().check(z.maxLength(instructionsLengthMax))

/**
 * What a user may choose, each by itself: each is stored, validated and sent alone. Null where nothing was chosen yet, and
 * the browser's own word counts.
 */
const settingSchemas = {
  locale: z.nullable(z.enum(locales)),
  theme: z.nullable(z.enum(['system', 'light', 'dark'])),
  textSize: z.enum(['small', 'normal', 'large']),
  density: z.enum(['comfortable', 'compact']),
  /** What sends a message: Enter, or Enter with Ctrl or ⌘ held. */
  sendKey: z.enum(['enter', 'mod-enter']),
  motion: z.enum(['system', 'reduced']),
  codeWrap: z.nullable(z.boolean()),
  instructionsOn: z.boolean(),
  /** What the model should know about the user. */
  aboutUser: instructionsSchema,
  /** How the model should answer. */
  answerStyle: instructionsSchema,
  favouriteModels: modelListSchema,
  hiddenModels: modelListSchema,
}

export const userSettingsSchema = z.object(settingSchemas)
export type UserSettings = z.infer<typeof userSettingsSchema>

/** The body of `PATCH /api/settings`: what changes. An unknown name is an error. */
export const settingsChangeSchema = z.partial(z.strictObject(settingSchemas))
export type SettingsChange = z.infer<typeof settingsChangeSchema>

/** Reads what is stored. What this version does not know, or can't read, counts as not chosen. */
export function settingsOf(stored: ReadonlyMap<string, unknown>): UserSettings {
  const readable = Object.entries(settingSchemas).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(stored.get(name))
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return userSettingsSchema.parse({ ...defaultSettings, ...Object.fromEntries(readable) })
}
