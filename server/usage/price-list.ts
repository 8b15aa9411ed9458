import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import { lookUpModel } from '../model-table'
import type { Price, PriceList } from './price-setting'
import bundled from './prices.json'

const ofRivulet: PriceList = bundled

/** By the operator's prices, else by those that come with Rivulet. A dated snapshot costs what its model does. */
export function priceOf(own: PriceList, ref: ModelRef): Price | undefined {
  return lookUpModel(ref, [own, ofRivulet])
}
