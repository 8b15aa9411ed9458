import 'server-only'
import { z } from 'zod'
import type { ModelRef } from '@/shared/models/model-catalog'
import { modelNameOf, modelNamePattern } from '@/shared/models/model-ref'

/** What is known of models, by `endpoint/model`. */
export type ModelTable<Value> = Readonly<Record<string, Value>>

export function modelTableSchema<Schema extends z.ZodType>(schema: Schema) {
  return z.record(z.string().regex(modelNamePattern, 'must be named endpoint/model'), schema)
}

/** What the first of the tables that knows the model says of it. A dated snapshot is what its model is. */
export function lookUpModel<Value>(
  ref: ModelRef,
  tables: readonly ModelTable<Value>[],
): Value | undefined {
  const name = modelNameOf(ref)
  const plain = name.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  for (const table of tables) {
    const found = table[name] ?? table[plain]
    if (found !== undefined) return found
  }
  return undefined
}
