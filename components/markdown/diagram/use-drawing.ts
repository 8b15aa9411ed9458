'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Drawing } from './drawing'
import { type DiagramSubject, drawnBefore } from './drawn-before'

export type DrawingState =
  | { status: 'waiting' }
  | { status: 'drawn'; drawing: Drawing }
  | { status: 'failed' }

const waiting: DrawingState = { status: 'waiting' }

/** A picture of the diagram once it is wanted. In another theme the old picture stays until the new one is there. */
export function useDrawing({ source, wanted }: { source: string; wanted: boolean }): DrawingState {
  const dark = useSyncExternalStore(subscribeToTheme, isDark, () => false)
  const [state, setState] = useState(() => stateOf(drawnBefore({ source, dark })) ?? waiting)

  useEffect(() => {
    if (!wanted) return
    const abort = new AbortController()
    void draw({ source, dark }, abort.signal).then((drawing) => {
      if (!abort.signal.aborted) setState(stateOf(drawing) ?? { status: 'failed' })
    })
    return () => abort.abort()
  }, [source, dark, wanted])

  return state
}

/** What draws is loaded with the first diagram. */
async function draw(subject: DiagramSubject, signal: AbortSignal): Promise<Drawing | undefined> {
  const drawer = await import('./draw-diagram').catch(() => undefined)
  return drawer?.drawDiagram(subject, signal)
}

function stateOf(drawing: Drawing | undefined): DrawingState | undefined {
  return drawing && { status: 'drawn', drawing }
}

/** The class itself, for the colours change with it, and not before. */
function subscribeToTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['class'] })
  return () => observer.disconnect()
}

function isDark(): boolean {
  return document.documentElement.classList.contains('dark')
}
