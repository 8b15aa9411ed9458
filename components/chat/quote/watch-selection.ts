import { selectionWithTex } from '@/components/markdown/math/copy-formulas'

/** Where a selection in a message begins and ends, in the window. */
export type SelectedPlace = { top: number; bottom: number; left: number; right: number }

/** Tells where something is selected in one message, once the pointer that selects is lifted, also while the view moves. */
export function watchSelection(tell: (place: SelectedPlace | undefined) => void): () => void {
  const abort = new AbortController()
  let frame = 0
  let isPressing = false

  function look() {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => tell(isPressing ? undefined : selectedPlace()))
  }

  /** A mouse selects while it is pressed; a finger by handles, which tell of nothing but the selection. */
  function notePress({ type, pointerType, target }: PointerEvent) {
    const isInMessage = target instanceof Element && messageAround(target)
    isPressing = type === 'pointerdown' && pointerType === 'mouse' && Boolean(isInMessage)
    look()
  }

  const options = { signal: abort.signal, capture: true, passive: true }
  for (const type of ['pointerdown', 'pointerup', 'pointercancel'] as const)
    document.addEventListener(type, notePress, options)
  for (const type of ['selectionchange', 'touchend', 'scroll'])
    document.addEventListener(type, look, options)
  window.addEventListener('resize', look, options)
  look()
  return () => {
    abort.abort()
    cancelAnimationFrame(frame)
  }
}

/** What is selected in one message, formulas as TeX. */
export function selectedText(): string | undefined {
  const selection = document.getSelection()
  if (!selection || !rangeInMessage(selection)) return undefined
  return selectionWithTex(selection).trim() || undefined
}

function selectedPlace(): SelectedPlace | undefined {
  const selection = document.getSelection()
  const range = selection && rangeInMessage(selection)
  if (!range || selection.toString().trim() === '') return undefined
  const lines = [...range.getClientRects()].filter(({ width }) => width > 0)
  const [first, last] = [lines[0], lines.at(-1)]
  if (!first || !last) return undefined
  const view = document.getElementById('conversation')?.getBoundingClientRect()
  if (!view || last.bottom < view.top || first.top > view.bottom) return undefined
  return { top: first.top, left: first.left, bottom: last.bottom, right: last.right }
}

function rangeInMessage(selection: Selection): Range | undefined {
  if (selection.isCollapsed || selection.rangeCount === 0) return undefined
  const range = selection.getRangeAt(0)
  const message = messageAround(range.startContainer)
  if (!message) return undefined
  if (message.contains(range.endContainer)) return range
  // A paragraph that three clicks select ends where the next one begins, be it in another message.
  const beyond = document.createRange()
  beyond.setStartAfter(message)
  beyond.setEnd(range.endContainer, range.endOffset)
  return beyond.toString().trim() === '' ? range : undefined
}

function messageAround(node: Node): Element | null | undefined {
  const element = node instanceof Element ? node : node.parentElement
  return element?.closest('[data-message-id]')
}
