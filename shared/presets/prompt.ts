import * as z from 'zod/mini'
import { idSchema } from '../chat/ids'
import { promptLengthMax } from './limits'
import { libraryNameSchema } from './preset'

/** The body of `PUT /api/prompts/{id}`. */
export const promptContentSchema = z.strictObject({
  name: libraryNameSchema,
  /** `{{name}}` in it is asked for when the prompt is used: see `prompt-variables.ts`. */
  text: z.string().check(z.minLength(1), z.maxLength(promptLengthMax)),
})

/** A message that its user has saved to send again. */
export const savedPromptSchema = z.extend(promptContentSchema, { id: idSchema })
export type SavedPrompt = z.infer<typeof savedPromptSchema>
