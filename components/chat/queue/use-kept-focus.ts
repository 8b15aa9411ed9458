import { type FocusEvent, useLayoutEffect, useRef } from 'react'

/** A control of a row: `data-control` says which, and stands for the same one in the row that takes its place. */
type Focused = { element: HTMLElement; row: number; control: string | undefined }

/** What had the focus and is gone hands it to the row that takes its place, and the last one to the box below. */
export function useKeptFocus() {
  const list = useRef<HTMLOListElement>(null)
  const focused = useRef<Focused>(undefined)

  useLayoutEffect(() => {
    const lost = focused.current
    if (!lost || lost.element.isConnected) return
    focused.current = undefined
    if (document.activeElement !== document.body) return
    const next = controlIn(list.current, lost) ?? box()
    next?.focus({ preventScroll: true })
  })

  function onFocus({ target }: FocusEvent<HTMLElement>) {
    const rows = [...(list.current?.children ?? [])]
    const row = rows.findIndex((candidate) => candidate.contains(target))
    focused.current = { element: target, row, control: target.dataset['control'] }
  }

  function onBlur({ relatedTarget }: FocusEvent<HTMLElement>) {
    if (relatedTarget) focused.current = undefined
  }

  return { ref: list, onFocus, onBlur }
}

function controlIn(list: HTMLOListElement | null, { row, control }: Focused): HTMLElement | null {
  const rows = list?.children
  const taking = rows?.[Math.min(row, rows.length - 1)]
  return taking && control ? taking.querySelector(`[data-control=${control}]`) : null
}

/** Not on touch screens, where the keyboard would come up for it. */
function box(): HTMLElement | null {
  const isFine = window.matchMedia('(pointer: fine)').matches
  return document.getElementById(isFine ? 'composer' : 'conversation')
}
