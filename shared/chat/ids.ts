import * as z from 'zod/mini'

/** Ids may come from the client (a stock AI SDK client makes its own), so they are short and plain. */
export const idSchema = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ -'))
