'use client'

import { useEffect } from 'react'

/**
 * Keeps the page as high as what is seen of it. Safari on a phone lays its keyboard over the page and moves the page up
 * under it; other browsers make the page lower themselves (`interactive-widget` in app/layout.tsx).
 */
export function VisibleHeight() {
  useEffect(() => {
    const { visualViewport } = window
    if (!visualViewport) return
    const { style } = document.documentElement
    const fit = () => {
      const isZoomed = visualViewport.scale > 1.01
      const isCovered = visualViewport.height < window.innerHeight - 1
      if (isZoomed || !isCovered) return void style.removeProperty('--visible-height')
      style.setProperty('--visible-height', `${visualViewport.height}px`)
      window.scrollTo(0, 0)
    }
    visualViewport.addEventListener('resize', fit)
    return () => {
      visualViewport.removeEventListener('resize', fit)
      style.removeProperty('--visible-height')
    }
  }, [])
  return null
}
