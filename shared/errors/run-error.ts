import * as z from 'zod/mini'

/** Why a run failed. Each has a text under `runErrors.<code>` that says what to do next. */
export const runErrorCodeSchema = z.enum([
  'model-key-rejected',
  'own-key-rejected',
  'model-not-found',
  'model-refused-request',
  'context-too-long',
  'model-rate-limited',
  'model-unavailable',
  'model-unreachable',
  'model-silent',
  'model-malformed',
  'answer-too-long',
  'server-error',
])
export type RunErrorCode = z.infer<typeof runErrorCodeSchema>

export const runErrorSchema = z.object({
  code: runErrorCodeSchema,
  retryable: z.boolean(),
  /** When the provider said how long to wait. */
  retryAfterSeconds: z.optional(z.number()),
  /** The provider's own words, cut short and with keys struck out. */
  detail: z.optional(z.string()),
})
export type RunError = z.infer<typeof runErrorSchema>
