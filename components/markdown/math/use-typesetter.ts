'use client'

import { useDeferredValue, useEffect, useSyncExternalStore } from 'react'

export type Formula = { tex: string; display: boolean }
/**
 * The formula as elements to be copied, the same ones each time; nothing when it has to be shown as its source, and
 * `waiting` while what it takes is still coming.
 */
export type Typeset = (formula: Formula) => Element | 'waiting' | undefined

const listeners = new Set<() => void>()
let typeset: Typeset | undefined
let opening: Promise<void> | undefined

/**
 * Begins to load the typesetter when the first formula is shown. Formulas that waited for it are rendered in slices, so
 * that many of them do not hold the page.
 */
export function useTypesetter(): Typeset | undefined {
  const current = useSyncExternalStore(subscribe, getTypeset, getNone)
  useEffect(open, [])
  return useDeferredValue(current)
}

function open(): void {
  opening ??= load()
}

async function load(): Promise<void> {
  try {
    const { openTypesetter } = await import('./typesetter')
    await openTypesetter(become)
  } catch {
    // The network is away: the sources stay, and the next formula tries again.
    opening = undefined
  }
}

function become(next: Typeset): void {
  typeset = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const getTypeset = () => typeset
const getNone = () => undefined
