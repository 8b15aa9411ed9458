import 'server-only'
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const amount = z.number('must be a number of US dollars for a million tokens').min(0)
const priceSchema = z.strictObject({
  input: amount,
  /** For input that the provider had cached; as other input where it is left out. */
  cachedInput: amount.optional(),
  output: amount,
})
const priceListSchema = z.record(
  z.string().regex(/^[^/]+\/.+$/, 'must be named endpoint/model'),
  priceSchema,
)

export type Price = z.infer<typeof priceSchema>
/** By `endpoint/model`, in US dollars for a million tokens. */
export type PriceList = z.infer<typeof priceListSchema>

/** What `MODEL_PRICES` says: JSON, or the path of a file with it. */
export function readPriceSetting(
  setting: string | undefined,
): { prices: PriceList } | { problems: string[] } {
  const own = setting === undefined ? {} : parseJson(setting)
  if (own === undefined) return { problems: ['must be JSON, or the path of a readable JSON file'] }
  const parsed = priceListSchema.safeParse(own)
  if (parsed.success) return { prices: parsed.data }
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
