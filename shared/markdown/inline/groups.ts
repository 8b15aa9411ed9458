import type { Groups } from '../tree'

const groupLength = 32

/** The sequence with one more item; full groups stay the same objects. */
export function appendItem<Item>(groups: Groups<Item>, item: Item): Groups<Item> {
  const last = groups.at(-1)
  if (last === undefined || last.length >= groupLength) return [...groups, [item]]
  return [...groups.slice(0, -1), [...last, item]]
}
