import { groupsOf, type Sequence } from '../block/sequence'
import type { Groups } from '../tree'

/** The previous object if the next one says the same, so that `===` tells what has changed. */
export function share<Value extends object>(previous: Value | undefined, next: Value): Value {
  if (previous === undefined) return next
  for (const key in next) {
    if (previous[key] !== next[key]) return next
  }
  return previous
}

/** The same for sequences. */
export function shareItems<Item>(
  previous: readonly Item[] | undefined,
  next: readonly Item[],
): readonly Item[] {
  if (previous?.length !== next.length) return next
  // What changes does so at the end.
  for (let index = next.length - 1; index >= 0; index -= 1) {
    if (previous[index] !== next[index]) return next
  }
  return previous
}

/** Lines of text, whose full groups are the same objects by themselves. */
export function shareLines(
  previous: Groups<string> | undefined,
  lines: Sequence<string>,
): Groups<string> {
  const next = groupsOf(lines)
  const last = next.at(-1)
  const before = previous?.[next.length - 1]
  if (!last || !before) return next
  return shareItems(previous, [...next.slice(0, -1), shareItems(before, last)])
}
