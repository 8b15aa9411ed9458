'use client'

import { TextQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type MouseEvent, useEffect, useState } from 'react'
import { quoteSelection } from './quote-text'
import { type SelectedPlace, watchSelection } from './watch-selection'

const gapPx = 8
const edgePx = 8
/** Fingers are given handles and a menu of the browser’s, above what they select and at its end. */
const handlesPx = 32

/** A button by what is selected in a message, which quotes it. */
export function SelectionQuote() {
  const t = useTranslations('chat')
  const [place, setPlace] = useState<SelectedPlace>()
  useEffect(() => watchSelection(setPlace), [])
  if (!place) return null

  return (
    <button
      ref={(element) => moveTo(element, place)}
      type="button"
      aria-keyshortcuts="Alt+Shift+V Control+Shift+V"
      onMouseDown={keepSelection}
      onClick={() => void quoteSelection()}
      className="button appear fixed top-0 left-0 z-30 border border-hairline bg-raised text-ink shadow-float select-none hover-able:bg-wash [&_svg]:size-3.5 [&_svg]:text-river"
    >
      <TextQuote aria-hidden />
      {t('quote')}
    </button>
  )
}

/** A press elsewhere ends a selection. */
function keepSelection(event: MouseEvent): void {
  event.preventDefault()
}

function moveTo(element: HTMLElement | null, place: SelectedPlace): void {
  if (!element) return
  const { offsetWidth: width, offsetHeight: height } = element
  const isTouch = window.matchMedia('(pointer: coarse)').matches
  const above = place.top - gapPx - height
  const below = place.bottom + (isTouch ? handlesPx : gapPx)
  const bottomMax = window.innerHeight - edgePx - height
  const wanted = !isTouch && above >= edgePx ? above : below
  const left = isTouch ? place.right - width : place.left
  const within = (value: number, max: number) => Math.max(edgePx, Math.min(value, max))
  element.style.translate = `${within(left, window.innerWidth - edgePx - width)}px ${within(wanted, bottomMax)}px`
}
