'use client'

import { type ComponentType, useEffect, useSyncExternalStore } from 'react'
import { oneShot, shown, streamText } from './driver'
import { stageStore } from './shown'

declare global {
  interface Window {
    renderBench: {
      streamText: typeof streamText
      oneShot: typeof oneShot
      shown: typeof shown
    }
  }
}

/** `streaming`: more text may come. */
export type RendererProps = { text: string; streaming: boolean }

/** Hands a text that grows to a renderer, as a chat hands it on from its store. */
export function Stage({ Renderer }: { Renderer: ComponentType<RendererProps> }) {
  const { text, streaming, take } = useSyncExternalStore(
    stageStore.subscribe,
    stageStore.read,
    stageStore.read,
  )

  useEffect(() => {
    window.renderBench = { streamText, oneShot, shown }
  }, [])

  return text === '' ? null : <Renderer key={take} text={text} streaming={streaming} />
}
