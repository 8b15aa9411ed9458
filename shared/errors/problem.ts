import * as z from 'zod/mini'

/** The body of every refusal, `application/problem+json` (RFC 9457) with our `code` and the request's id. */
export const problemSchema = z.looseObject({
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
})
export type Problem = z.infer<typeof problemSchema>
