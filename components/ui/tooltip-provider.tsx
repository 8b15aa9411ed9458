'use client'

import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'

/** One tooltip after the other comes without waiting again. */
export function TooltipProvider({ children }: { children: ReactNode }) {
  return (
    <Tooltip.Provider delayDuration={500} skipDelayDuration={150}>
      {children}
    </Tooltip.Provider>
  )
}
