import * as z from 'zod/mini'
import { idSchema } from '../chat/ids'
import { modelRefSchema } from '../models/model-catalog'
import { parametersSchema } from '../models/parameters-schema'
import {
  libraryNameLengthMax,
  presetInstructionsLengthMax,
  suggestionLengthMax,
  suggestionsMax,
} from './limits'
import { presetIcons } from './preset-icons'

export const libraryNameSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(libraryNameLengthMax))

const suggestionSchema = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(suggestionLengthMax))

/** The body of `PUT /api/presets/{id}`. */
export const presetContentSchema = z.strictObject({
  name: libraryNameSchema,
  icon: z.enum(presetIcons),
  instructions: z.string().check(z.maxLength(presetInstructionsLengthMax)),
  /** Null leaves it to whoever begins a chat. */
  model: z.nullable(modelRefSchema),
  parameters: parametersSchema,
  /** First messages to begin with. */
  suggestions: z.array(suggestionSchema).check(z.maxLength(suggestionsMax)),
})

/** A way to begin chats that its user has put together. */
export const presetSchema = z.extend(presetContentSchema, { id: idSchema })
export type Preset = z.infer<typeof presetSchema>
