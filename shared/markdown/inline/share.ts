import type { Groups, Inline, Run } from '../tree'

type Share = (previous: Groups<Run>, next: Groups<Run>) => Groups<Run>

/**
 * Makes a function that gives back the next runs with those of the previous ones that say the same, so that `===`
 * tells what has changed. It remembers what it has found to be the same, and compares nothing twice.
 */
export function createSharing(): Share {
  const twins = new WeakMap<object, object>()

  function once<Item extends object>(share: (before: Item, after: Item) => Item) {
    return (before: Item, after: Item) => {
      if (twins.get(after) === before) return before
      const shared = share(before, after)
      if (shared === before) twins.set(after, before)
      return shared
    }
  }

  const shareGroup = once<readonly Run[]>((before, after) =>
    shareItems(before, after, once(shareRun)),
  )
  return (previous, next) => shareItems(previous, next, shareGroup)
}

function shareInlines(previous: readonly Inline[], next: readonly Inline[]): readonly Inline[] {
  return shareItems(previous, next, shareInline)
}

function shareItems<Item>(
  previous: readonly Item[],
  next: readonly Item[],
  shareItem: (before: Item, after: Item) => Item,
): readonly Item[] {
  if (previous === next) return previous
  const shared = next.map((after, index) => {
    const before = previous[index]
    return before === undefined || before === after ? after : shareItem(before, after)
  })
  const isSame =
    shared.length === previous.length && shared.every((item, index) => item === previous[index])
  return isSame ? previous : shared
}

function shareRun(before: Run, after: Run): Run {
  const inlines = shareInlines(before.inlines, after.inlines)
  if (before.key !== after.key) return { key: after.key, inlines }
  return inlines === before.inlines ? before : { key: after.key, inlines }
}

function shareInline(before: Inline, after: Inline): Inline {
  if (before.type === 'link' && after.type === 'link') {
    const children = shareInlines(before.children, after.children)
    const isSame =
      children === before.children && before.url === after.url && before.title === after.title
    return isSame ? before : { ...after, children }
  }
  if ('children' in before && 'children' in after && after.type !== 'link') {
    const children = shareInlines(before.children, after.children)
    return children === before.children && before.type === after.type
      ? before
      : { ...after, children }
  }
  return saysSame(before, after) ? before : after
}

function saysSame(before: Inline, after: Inline): boolean {
  switch (after.type) {
    case 'text':
    case 'code':
      return before.type === after.type && before.text === after.text
    case 'math':
      return before.type === 'math' && before.tex === after.tex && before.display === after.display
    case 'image':
      return (
        before.type === 'image' &&
        before.url === after.url &&
        before.title === after.title &&
        before.alt === after.alt
      )
    case 'soft-break':
    case 'hard-break':
      return before.type === after.type
    case 'footnote-reference':
      return (
        before.type === 'footnote-reference' &&
        before.label === after.label &&
        before.number === after.number &&
        before.occurrence === after.occurrence
      )
    default:
      return false
  }
}
