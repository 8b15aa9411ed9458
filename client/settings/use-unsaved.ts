'use client'

import { useSyncExternalStore } from 'react'
import type { Edit, UnsavedEdits } from './unsaved-edits'

export function useUnsaved<Fields, Failure>(
  edits: UnsavedEdits<Fields, Failure>,
): ReadonlyMap<string, Edit<Fields, Failure>> {
  return useSyncExternalStore(edits.subscribe, edits.getSnapshot, edits.getSnapshot)
}
