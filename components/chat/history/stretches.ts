/** Neighbouring messages that are laid out together, or not at all. */
export type Stretch = { readonly key: string; readonly ids: readonly string[] }

const stretchLength = 8

/**
 * Divides a conversation into stretches. A message stays in the stretch it was in, whatever comes before or after it, so
 * that nothing is drawn again because older messages have been loaded.
 */
export function intoStretches(
  previous: readonly Stretch[],
  ids: readonly string[],
): readonly Stretch[] {
  const stretchOf = new Map(previous.flatMap((stretch) => stretch.ids.map((id) => [id, stretch])))
  const known = ids.findIndex((id) => stretchOf.has(id))
  const earlierCount = known === -1 ? ids.length : known
  const earlier = fromTheEnd(ids.slice(0, earlierCount))
  return [...earlier, ...continued(ids.slice(earlierCount), stretchOf)]
}

/** What is first may be short; what was said last stands in a full one. */
function fromTheEnd(ids: readonly string[]): Stretch[] {
  const stretches: Stretch[] = []
  for (let end = ids.length; end > 0; end -= stretchLength) {
    const own = ids.slice(Math.max(0, end - stretchLength), end)
    stretches.unshift({ key: own[0] ?? '', ids: own })
  }
  return stretches
}

function continued(ids: readonly string[], stretchOf: ReadonlyMap<string, Stretch>): Stretch[] {
  const drafts: { previous: Stretch | undefined; ids: string[] }[] = []
  for (const id of ids) {
    const draft = drafts.at(-1)
    const previous = stretchOf.get(id)
    const isFull = !previous && (draft?.ids.length ?? 0) >= stretchLength
    if (!draft || isFull || (previous && previous !== draft.previous))
      drafts.push({ previous, ids: [id] })
    else draft.ids.push(id)
  }
  const keys = new Set<string>()
  return drafts.map(({ previous, ids: own }) => {
    const isSame =
      previous?.ids.length === own.length && own.every((id, at) => id === previous.ids[at])
    const key = previous && !keys.has(previous.key) ? previous.key : (own[0] ?? '')
    keys.add(key)
    return isSame && previous.key === key ? previous : { key, ids: own }
  })
}
