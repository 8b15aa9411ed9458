import * as z from 'zod/mini'
import { modelRefSchema } from '../models/model-catalog'

/** A message that waits in its chat to be sent, and the model that is to answer it, if one was chosen. */
export const queuedMessageSchema = z.object({
  id: z.string(),
  text: z.string(),
  model: z.nullable(modelRefSchema),
  createdAt: z.number(),
})
export type QueuedMessage = z.infer<typeof queuedMessageSchema>
