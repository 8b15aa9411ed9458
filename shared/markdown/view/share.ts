import { groupsOf, type Sequence } from '../block/sequence'
import type { Groups } from '../tree'

/** The previous object if the next one says the same, so that `===` tells what has changed. */
export function share<Value extends object>(previous: Value | undefined, next: Value): Value {
  return previous !== undefined && isSame(previous, next) ? previous : next
}

function isSame(one: object, other: object): boolean {
  const [before, after] = [Object.entries(one), Object.entries(other)]
  if (before.length !== after.length) return false
  return after.every(
    ([key, value], index) => before[index]?.[0] === key && before[index]?.[1] === value,
  )
}

/** Literal lines, whose full groups are the same objects by themselves. */
export function shareLines(previous: Groups<string> | undefined, lines: Sequence<string>) {
  const next = groupsOf(lines)
  const last = next.at(-1)
  const before = previous?.[next.length - 1]
  if (!previous || !last || !before) return next
  return share(previous, [...next.slice(0, -1), share(before, last)])
}
