'use client'

import { type RefObject, useEffect } from 'react'
import { useOrganiser } from '@/client/chats/organiser'
import { watchDrags } from './drag-chats'
import { watchSelecting } from './select-chats'
import { SelectionBar } from './selection-bar'
import { useChatActions } from './use-chat-actions'

/** What only somebody needs who has the pointer or the focus in the list. */
export default function ListTools({ nav }: { nav: RefObject<HTMLElement | null> }) {
  const selected = useOrganiser((state) => state.selected)
  const { move, pin } = useChatActions()

  useEffect(() => (nav.current ? watchSelecting(nav.current) : undefined), [nav])
  useEffect(
    () => (nav.current ? watchDrags(nav.current, { move, pin }) : undefined),
    [nav, move, pin],
  )

  return selected ? <SelectionBar chatIds={[...selected]} /> : null
}
