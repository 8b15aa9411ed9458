import * as z from 'zod/mini'
import { parametersChangeSchema, parametersSchema } from '../models/parameters-schema'
import { presetIcons } from '../presets/preset-icons'
import { idSchema } from './ids'

/** What a chat remembers of the preset that it began with, whatever has become of that one since. */
export const chatPresetSchema = z.object({
  id: z.string(),
  name: z.string(),
  icon: z.enum(presetIcons),
})
export type ChatPreset = z.infer<typeof chatPresetSchema>

/** What is told to the model of a chat beside the conversation. */
export const chatSettingsSchema = z.object({
  preset: z.nullable(chatPresetSchema),
  /** Copied from the preset when the chat began. */
  instructions: z.string(),
  parameters: parametersSchema,
})
export type ChatSettings = z.infer<typeof chatSettingsSchema>

/** What the first message of a chat gives it. A chat that is there already is not changed by it. */
export const chatBeginningSchema = z.strictObject({
  /** The id of a preset of the user's. */
  preset: z.optional(idSchema),
  /** In the place of those that the preset has. */
  parameters: z.optional(parametersChangeSchema),
})
export type ChatBeginning = z.infer<typeof chatBeginningSchema>
