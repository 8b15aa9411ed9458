import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { Price, PriceList } from './price-setting'
import bundled from './prices.json'

const ofRivulet: PriceList = bundled

/** By the operator's prices, else by those that come with Rivulet. A dated snapshot costs what its model does. */
export function priceOf(own: PriceList, { provider, id }: ModelRef): Price | undefined {
  const name = `${provider}/${id}`
  const plain = name.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  return own[name] ?? own[plain] ?? ofRivulet[name] ?? ofRivulet[plain]
}
