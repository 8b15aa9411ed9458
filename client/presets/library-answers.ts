import * as z from 'zod/mini'
import { presetSchema } from '@/shared/presets/preset'

export const presetsSchema = z.object({ presets: z.array(presetSchema) })
