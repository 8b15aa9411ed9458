import { z } from 'zod'

/** What the user's message asks of the bench's upstream. */
export const scriptSchema = z.strictObject({
  /** Names the stream on both sides. */
  stream: z.string(),
  /** Milliseconds between tokens that say when they were written; nothing for words, as fast as they can be sent. */
  intervalMs: z.number().optional(),
  /** Without it tokens come until the upstream is told to finish. */
  tokens: z.number().optional(),
  /** Keeps the stream open behind its last token until the upstream is told to finish. */
  hold: z.boolean().optional(),
})

export type Script = z.infer<typeof scriptSchema>
