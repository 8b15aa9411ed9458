import * as z from 'zod/mini'
import { modelRefSchema } from '../models/model-catalog'

const sums = {
  answers: z.number(),
  inputTokens: z.number(),
  /** Part of the input. */
  cachedInputTokens: z.number(),
  outputTokens: z.number(),
  /** Part of the output. */
  reasoningTokens: z.number(),
  /** US dollars; null where no price is known, which is not the same as free. */
  cost: z.nullable(z.number()),
}

const modelUsageSchema = z.object({ model: modelRefSchema, ...sums })

/** What `GET /api/usage` answers: of a month, a chat, or a run. */
export const usageReportSchema = z.object({
  models: z.array(modelUsageSchema),
  /** Its cost is that of the models that have a price. */
  total: z.object(sums),
  /** Answers of models without a price. */
  unpriced: z.number(),
})
export type ModelUsage = z.infer<typeof modelUsageSchema>
export type UsageReport = z.infer<typeof usageReportSchema>
