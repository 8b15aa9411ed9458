'use client'

import { type RefObject, useEffect, useEffectEvent } from 'react'

type Field = RefObject<HTMLTextAreaElement | null>

type ListKeys = {
  /** Whether there is a list that takes the keys. */
  open: boolean
  listId: string
  activeId: string | undefined
  move: (step: 1 | -1) => void
  choose: () => void
  dismiss: () => void
}

/**
 * Lets the keys of a text field work the list beside it, before anybody else hears of them; the focus stays in the field.
 * A key that belongs to an input method is left to it. HTML allows a textarea no other role than its own, so the list is told
 * by what a text box may have.
 */
export function useListKeys(field: Field, keys: ListKeys): void {
  const { open, listId, activeId } = keys
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    const act = actOf(event, keys)
    if (!act) return
    event.preventDefault()
    event.stopPropagation()
    act()
  })

  useEffect(() => {
    const element = field.current
    if (!element || !open) return
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  }, [field, open])

  useEffect(() => {
    const element = field.current
    if (!element || !open) return
    const attributes = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': listId,
      ...(activeId && { 'aria-activedescendant': activeId }),
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    return () => Object.keys(attributes).forEach((name) => element.removeAttribute(name))
  }, [field, open, listId, activeId])
}

function actOf(
  event: KeyboardEvent,
  { move, choose, dismiss }: ListKeys,
): (() => void) | undefined {
  const { key, shiftKey, altKey, ctrlKey, metaKey, isComposing, keyCode } = event
  // Safari reports the Enter that ends a composition as a key of its own, told apart only by its code.
  if (isComposing || keyCode === 229 || shiftKey || altKey || ctrlKey || metaKey) return undefined
  switch (key) {
    case 'ArrowDown':
      return () => move(1)
    case 'ArrowUp':
      return () => move(-1)
    case 'Enter':
    case 'Tab':
      return choose
    case 'Escape':
      return dismiss
    default:
      return undefined
  }
}
