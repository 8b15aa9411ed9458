import 'server-only'
import { z } from 'zod'
import { type ReadSetting, readJsonSetting } from '../json-setting'
import { modelTableSchema } from '../model-table'

const windowsSchema = modelTableSchema(
  z.int('must be a whole number of tokens').min(1_000, 'must be 1000 tokens at least'),
)

/** By `endpoint/model`, in tokens. */
export type ContextWindows = z.infer<typeof windowsSchema>

/** What `MODEL_CONTEXT` says: JSON, or the path of a file with it. */
export function readContextSetting(setting: string | undefined): ReadSetting<ContextWindows> {
  return readJsonSetting(setting, windowsSchema)
}
