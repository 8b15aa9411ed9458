'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useFinishedMessage, useSessionPhase } from '@/client/chat/use-chat-session'
import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'

/** Long enough to be picked up, short enough that a search in the page does not find the answer twice. */
const spokenMs = 2_000

/** Tells a screen reader that an answer is being written, and then the whole of it, once. */
export function Announcer({ session }: { session: ChatSession }) {
  const t = useTranslations('chat')
  const phase = useSessionPhase(session)
  const last = useFinishedMessage(session)
  const busy = phase !== 'idle'
  const [wasBusy, setWasBusy] = useState(busy)
  const [spoken, setSpoken] = useState('')

  if (busy !== wasBusy) {
    setWasBusy(busy)
    setSpoken(busy ? t('announceAnswering') : endOf(last))
  }

  useEffect(() => {
    if (!spoken) return
    const timer = setTimeout(() => setSpoken(''), spokenMs)
    return () => clearTimeout(timer)
  }, [spoken])

  return (
    <div role="status" aria-atomic className="sr-only">
      {spoken}
    </div>
  )

  function endOf(message: ChatMessage | undefined): string {
    if (message?.role !== 'assistant') return t('announceStopped')
    const text = messageText(message)
    if (message.metadata?.status === 'stopped') return `${t('announceStopped')} ${text}`
    if (message.metadata?.status === 'interrupted') return `${t('announceInterrupted')} ${text}`
    return text
  }
}
