'use client'

import { type RefObject, useEffect, useState } from 'react'

/** Whether the element’s only child is larger than itself, so that one has to be able to scroll it by keyboard. */
export function useOverflowing(box: RefObject<HTMLElement | null>): boolean {
  const [overflowing, setOverflowing] = useState(false)
  useEffect(() => {
    const element = box.current
    const content = element?.firstElementChild
    if (!element || !content) return
    const observer = new ResizeObserver(() => setOverflowing(isOverflowing(element)))
    observer.observe(element)
    observer.observe(content)
    return () => observer.disconnect()
  }, [box])
  return overflowing
}

function isOverflowing({
  scrollWidth,
  clientWidth,
  scrollHeight,
  clientHeight,
}: HTMLElement): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight
}
