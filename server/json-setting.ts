import 'server-only'
import { readFileSync } from 'node:fs'
import type { z } from 'zod'

export type ReadSetting<Value> = { value: Value } | { problems: string[] }

/** A setting that is JSON, or the path of a file with it; an empty object where it is left out. */
export function readJsonSetting<Schema extends z.ZodType>(
  setting: string | undefined,
  schema: Schema,
): ReadSetting<z.output<Schema>> {
  const own = setting === undefined ? {} : parseJson(setting)
  if (own === undefined) return { problems: ['must be JSON, or the path of a readable JSON file'] }
  const parsed = schema.safeParse(own)
  if (parsed.success) return { value: parsed.data }
  return {
    problems: parsed.error.issues.map((issue) => {
      const { message } = issue.code === 'invalid_key' ? (issue.issues[0] ?? issue) : issue
      return [...issue.path, message].join(' ')
    }),
  }
}

function parseJson(setting: string): unknown {
  try {
    const isInline = setting.trim().startsWith('{')
    return JSON.parse(
      isInline ? setting : readFileSync(/* turbopackIgnore: true */ setting.trim(), 'utf8'),
    )
  } catch {
    return undefined
  }
}
