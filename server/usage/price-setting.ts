import 'server-only'
import { z } from 'zod'
import { type ReadSetting, readJsonSetting } from '../json-setting'
import { modelTableSchema } from '../model-table'

const amount = z.number('must be a number of US dollars for a million tokens').min(0)
const priceSchema = z.strictObject({
  input: amount,
  /** For input that the provider had cached; as other input where it is left out. */
  cachedInput: amount.optional(),
  output: amount,
})
const priceListSchema = modelTableSchema(priceSchema)

export type Price = z.infer<typeof priceSchema>
/** By `endpoint/model`, in US dollars for a million tokens. */
export type PriceList = z.infer<typeof priceListSchema>

/** What `MODEL_PRICES` says: JSON, or the path of a file with it. */
export function readPriceSetting(setting: string | undefined): ReadSetting<PriceList> {
  return readJsonSetting(setting, priceListSchema)
}
