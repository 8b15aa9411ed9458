'use client'

import { VolumeX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useSyncExternalStore } from 'react'
import { readAloud } from '@/client/speech/browser-speech'
import { IconButton } from '@/components/ui/icon-button'

/** Ends reading aloud, while something is read. Who leaves a chat has heard enough of it. */
export function StopReading() {
  const t = useTranslations('speech')
  const messageId = useReadingId()
  useEffect(() => () => readAloud?.stop(), [])
  if (messageId === undefined) return null
  return (
    <IconButton
      label={t('stopReading')}
      tooltipSide="top"
      onClick={() => readAloud?.stop()}
      className="rounded-full text-river"
    >
      <VolumeX aria-hidden />
    </IconButton>
  )
}

/** The message that is being read out. */
export function useReadingId(): string | undefined {
  return useSyncExternalStore(
    readAloud?.subscribe ?? subscribeToNothing,
    () => readAloud?.state.messageId,
    () => undefined,
  )
}

function subscribeToNothing() {
  return () => undefined
}
