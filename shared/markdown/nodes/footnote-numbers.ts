import { normalizeLabel } from '../inline/references'
import type { FootnoteReference, Inline } from '../tree'

/** References that stand together, in a run or a row, and the numbers they have. */
export type Site = {
  /** Where they stand in the source. */
  readonly key: number
  readonly references: readonly FootnoteReference[]
  numbers: readonly Numbering[]
  /** Is called when the numbers have changed after they were given. */
  readonly onChange: () => void
}

export type Numbering = { readonly number: number; readonly occurrence: number }

/**
 * Numbers footnotes in the order in which the text first refers to them. Costs as much as there are new references;
 * only if one comes in between or goes away are all numbered again.
 */
export type FootnoteNumbers = {
  add(site: Site): void
  remove(site: Site): void
  /** Numbers again if that is needed, and tells the sites whose numbers are others now. */
  settle(): void
  /** How often a normalised label is referred to, in the order of the numbers. */
  readonly counts: ReadonlyMap<string, number>
  numberOf(label: string): number | undefined
  /** The labels whose count has changed since this was last asked. */
  takeChanged(): ReadonlySet<string>
}

export function createFootnoteNumbers(): FootnoteNumbers {
  let sites: Site[] = []
  const counts = new Map<string, number>()
  const order = new Map<string, number>()
  let changed = new Set<string>()
  const removed = new Set<Site>()
  let isOrdered = true

  function count(site: Site): readonly Numbering[] {
    return site.references.map((reference) => {
      const label = normalizeLabel(reference.label)
      const occurrence = (counts.get(label) ?? 0) + 1
      counts.set(label, occurrence)
      if (occurrence === 1) order.set(label, counts.size)
      changed.add(label)
      return { number: order.get(label) ?? 0, occurrence }
    })
  }

  function discount(site: Site): void {
    for (const reference of site.references.toReversed()) {
      const label = normalizeLabel(reference.label)
      const left = (counts.get(label) ?? 0) - 1
      changed.add(label)
      if (left > 0) counts.set(label, left)
      else {
        counts.delete(label)
        order.delete(label)
      }
    }
  }

  function renumber(site: Site): void {
    const numbers = count(site)
    const isSame = numbers.every(
      ({ number, occurrence }, index) =>
        site.numbers[index]?.number === number && site.numbers[index]?.occurrence === occurrence,
    )
    if (isSame) return
    site.numbers = numbers
    site.onChange()
  }

  return {
    counts,
    numberOf: (label) => order.get(label),
    add(site) {
      const last = sites.at(-1)
      if (last && last.key > site.key) isOrdered = false
      sites.push(site)
      if (isOrdered) site.numbers = count(site)
    },
    remove(site) {
      if (isOrdered && sites.at(-1) === site) {
        sites.pop()
        discount(site)
        return
      }
      isOrdered = false
      removed.add(site)
    },
    settle() {
      if (isOrdered) return
      sites = sites.filter((site) => !removed.has(site))
      removed.clear()
      sites.sort((one, other) => one.key - other.key)
      for (const label of counts.keys()) changed.add(label)
      counts.clear()
      order.clear()
      for (const site of sites) renumber(site)
      isOrdered = true
    },
    takeChanged() {
      const labels = changed
      changed = new Set()
      return labels
    },
  }
}

export function findReferences(inlines: readonly Inline[]): readonly FootnoteReference[] {
  return inlines.flatMap((inline): readonly FootnoteReference[] => {
    if (inline.type === 'footnote-reference') return [inline]
    return 'children' in inline ? findReferences(inline.children) : []
  })
}

/** The same content with the numbers in place, which are in the order of the references. */
export function withNumbers(
  inlines: readonly Inline[],
  numbers: Iterator<Numbering>,
): readonly Inline[] {
  return inlines.map((inline): Inline => {
    if (inline.type === 'footnote-reference') {
      const next = numbers.next()
      return next.done ? inline : { ...inline, ...next.value }
    }
    return 'children' in inline
      ? { ...inline, children: withNumbers(inline.children, numbers) }
      : inline
  })
}
