'use client'

import { useRef } from 'react'
import { useOverflowing } from '../use-overflowing'
import type { Drawing } from './drawing'

/** Below this a label cannot be read any more: a wider diagram scrolls instead. */
const scaleMin = 0.6

/** An image runs nothing and fetches nothing, whatever is in it. */
export function DiagramImage({ drawing, name }: { drawing: Drawing; name: string }) {
  const { url, width, height } = drawing
  const canvas = useRef<HTMLDivElement>(null)
  const overflowing = useOverflowing(canvas)
  return (
    <div ref={canvas} className="diagram-canvas" tabIndex={overflowing ? 0 : undefined}>
      <img
        src={url}
        alt={name}
        width={Math.round(width)}
        height={Math.round(height)}
        style={{ minWidth: Math.round(width * scaleMin) }}
      />
    </div>
  )
}
