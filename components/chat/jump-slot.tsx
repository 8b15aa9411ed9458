'use client'

import { Suspense, useState, useSyncExternalStore } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import type { JumpButtonProps } from './jump-button'

const JumpButton = lazyPart(() => import('./jump-button'))

/** The place of the way to the end. Once that was out of sight it stays, to know what has come since. */
export function JumpSlot(props: JumpButtonProps) {
  const { subscribe, isBelow } = props.follow
  const isNeeded = useSyncExternalStore(subscribe, isBelow, () => false)
  const [wasNeeded, setNeeded] = useState(false)
  if (isNeeded && !wasNeeded) setNeeded(true)
  return wasNeeded ? (
    <Suspense>
      <JumpButton {...props} />
    </Suspense>
  ) : null
}
