import type { Groups } from '../tree'

/** An immutable sequence that grows at its end at a constant cost and keeps its full groups. */
export type Sequence<Item> = {
  readonly full: readonly (readonly Item[])[]
  readonly last: readonly Item[]
}

export const groupSize = 32

const empty: Sequence<never> = { full: [], last: [] }

export function emptySequence<Item>(): Sequence<Item> {
  return empty
}

export function append<Item>({ full, last }: Sequence<Item>, item: Item): Sequence<Item> {
  if (last.length < groupSize - 1) return { full, last: [...last, item] }
  return { full: [...full, [...last, item]], last: [] }
}

export function sequenceLength({ full, last }: Sequence<unknown>): number {
  return full.length * groupSize + last.length
}

export function itemAt<Item>({ full, last }: Sequence<Item>, index: number): Item | undefined {
  const group = full[Math.floor(index / groupSize)] ?? last
  return index < 0 ? undefined : group[index % groupSize]
}

export function groupsOf<Item>({ full, last }: Sequence<Item>): Groups<Item> {
  return last.length === 0 ? full : [...full, last]
}
