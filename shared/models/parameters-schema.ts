import * as z from 'zod/mini'
import {
  defaultParameters,
  outputTokensMax,
  type Parameters,
  type ParametersChange,
  reasoningEfforts,
  temperatureMax,
} from './parameters'

const parameterSchemas = {
  temperature: z.nullable(z.number().check(z.gte(0), z.lte(temperatureMax))),
  topP: z.nullable(z.number().check(z.gte(0), z.lte(1))),
  maxOutputTokens: z.nullable(z.int().check(z.gte(1), z.lte(outputTokensMax))),
  reasoningEffort: z.nullable(z.enum(reasoningEfforts)),
}

export const parametersSchema = z.strictObject(parameterSchemas) satisfies z.ZodMiniType<Parameters>

/** Some of them. */
export const parametersChangeSchema = z.partial(
  parametersSchema,
) satisfies z.ZodMiniType<ParametersChange>

/** Reads what is stored. What this version cannot read counts as not chosen. */
export function parametersOf(stored: unknown): Parameters {
  const record: object = typeof stored === 'object' && stored !== null ? stored : {}
  const readable = Object.entries(parameterSchemas).flatMap(([name, schema]) => {
    const parsed = schema.safeParse(Reflect.get(record, name))
    return parsed.success ? [[name, parsed.data] as const] : []
  })
  return parametersSchema.parse({ ...defaultParameters, ...Object.fromEntries(readable) })
}
