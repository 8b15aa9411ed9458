import type { UpstreamRequest } from './request'
import type { Step } from './steps'

export type Scenario = (request: UpstreamRequest) => Iterable<Step> | AsyncIterable<Step>

export function iteratorOf(steps: Iterable<Step> | AsyncIterable<Step>): {
  next(): Promise<IteratorResult<Step>>
} {
  if (Symbol.asyncIterator in steps) {
    const iterator = steps[Symbol.asyncIterator]()
    return { next: () => iterator.next() }
  }
  const iterator = steps[Symbol.iterator]()
  return { next: async () => iterator.next() }
}
