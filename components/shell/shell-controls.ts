'use client'

import { createContext, use } from 'react'

export type ShellControls = { folded: boolean; unfold: () => void; openDrawer: () => void }

export const ShellControlsContext = createContext<ShellControls | undefined>(undefined)

export function useShellControls(): ShellControls {
  const controls = use(ShellControlsContext)
  if (!controls) throw new Error('useShellControls needs a Shell around it.')
  return controls
}
