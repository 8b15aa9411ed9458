import type { GroupRange } from '@/client/highlight/code-document'

/** The groups, children of `code`, in which a selection lies; nothing when it selects none of their text. */
export function selectedGroups(code: Element, selection: Selection | null): GroupRange | undefined {
  if (!selection || selection.isCollapsed || !selection.rangeCount) return undefined
  const range = selection.getRangeAt(0)
  if (!range.intersectsNode(code)) return undefined
  const last = code.children.length - 1
  const start = indexOf(code, range.startContainer)
  const end = indexOf(code, range.endContainer)
  return { first: start < 0 ? 0 : start, last: end < 0 ? last : end }
}

function indexOf(code: Element, node: Node): number {
  for (let at: Node | null = node; at; at = at.parentNode)
    if (at instanceof Element && at.parentNode === code) return [...code.children].indexOf(at)
  return -1
}
