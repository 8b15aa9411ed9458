'use client'

import { type RefObject, useEffect, useState } from 'react'

const margin = '800px'

/** Whether the element has come near what is seen. Both margins: the page itself, and the conversation that scrolls in it. */
export function useNear(element: RefObject<Element | null>): boolean {
  const [near, setNear] = useState(false)
  useEffect(() => {
    if (near || !element.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setNear(true)
      },
      { rootMargin: margin, scrollMargin: margin },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, near])
  return near
}
