import * as z from 'zod/mini'
import { presetSchema } from '@/shared/presets/preset'
import { savedPromptSchema } from '@/shared/presets/prompt'

export const presetsSchema = z.object({ presets: z.array(presetSchema) })
export const promptsSchema = z.object({ prompts: z.array(savedPromptSchema) })
