import 'server-only'
import type { z } from 'zod'
import { AppError } from '@/shared/errors/app-error'

/** Reads the query of a request. Throws `AppError` that names the parameter that is unknown or wrong. */
export function parseQuery<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): z.output<Schema> {
  const parsed = schema.safeParse(Object.fromEntries(new URL(request.url).searchParams))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new AppError(
    'invalid-request',
    `${issue?.path.join('.') ?? ''} ${issue?.message ?? 'The query is wrong.'}`.trim(),
  )
}
