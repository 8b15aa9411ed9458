'use client'

import { useState, useSyncExternalStore } from 'react'
import { createFollowLatest } from './follow-latest'

export function useFollowLatest() {
  const [{ attach, jump, subscribe, isBelow }] = useState(createFollowLatest)
  const below = useSyncExternalStore(subscribe, isBelow, () => false)
  return { below, jump, attach }
}
