'use client'

import { useState, useSyncExternalStore } from 'react'
import { createFollowLatest } from './follow-latest'

export function useFollowLatest() {
  const [follow] = useState(createFollowLatest)
  const below = useSyncExternalStore(follow.subscribe, follow.isBelow, () => false)
  return { below, jump: follow.jump, scroller: attach }

  function attach(element: HTMLElement | null): (() => void) | undefined {
    return element ? follow.attach(element) : undefined
  }
}
