import * as z from 'zod/mini'
import type { Health } from './use-health'

/** What of `GET /api/health` is shown to a user. */
export const healthSchema = z.object({
  version: z.string(),
  ready: z.boolean(),
  database: z.object({ engine: z.string(), reachable: z.boolean() }),
  streamLog: z.object({ kind: z.string(), reachable: z.boolean() }),
}) satisfies z.ZodMiniType<Health>
