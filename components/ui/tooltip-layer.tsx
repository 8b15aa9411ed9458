'use client'

import { useEffect, useState } from 'react'
import { watchTooltips, type ShownTooltip, type TooltipSide } from './watch-tooltips'

const gapPx = 6
const edgePx = 8

/** Shows the labels of all buttons that carry `data-tooltip`: one for the page, so that a button costs nothing for it. */
export default function TooltipLayer() {
  const [shown, setShown] = useState<ShownTooltip>()
  useEffect(() => watchTooltips(setShown), [])
  if (!shown) return null
  const { target, side, label } = shown
  return (
    <div
      key={label}
      ref={(element) => place(element, { around: target.getBoundingClientRect(), side })}
      role="tooltip"
      className="appear fixed top-0 left-0 z-60 max-w-[calc(100vw-1rem)] rounded-inside bg-ink px-2 py-1 text-xs text-paper select-none"
    >
      {label}
    </div>
  )
}

/** Beside the button where there is room, on the other side where there is none, and always inside the window. */
function place(
  element: HTMLElement | null,
  { around, side }: { around: DOMRect; side: TooltipSide },
): void {
  if (!element) return
  const { offsetWidth: width, offsetHeight: height } = element
  const above = around.top - gapPx - height
  const below = around.bottom + gapPx
  const fitsBelow = below + height <= window.innerHeight - edgePx
  const top = side === 'top' ? (above >= edgePx ? above : below) : fitsBelow ? below : above
  const left = around.left + around.width / 2 - width / 2
  const leftMax = window.innerWidth - edgePx - width
  element.style.translate = `${Math.max(edgePx, Math.min(left, leftMax))}px ${Math.max(edgePx, top)}px`
}
