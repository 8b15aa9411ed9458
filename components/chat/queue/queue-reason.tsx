'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useFinishedMessage, useSessionPhase } from '@/client/chat/use-chat-session'
import type { ChatMessage } from '@/shared/chat/message'

/** The server sends the next message in a moment; then what came of it is looked for, should nobody have told. */
const looksMs = [500, 2_000]
const patienceMs = 3_500

/** What the messages wait for. */
export function QueueReason({ session }: { session: ChatSession }) {
  const t = useTranslations('queue')
  const isIdle = useSessionPhase(session) === 'idle'
  const last = useFinishedMessage(session)
  const status = last && statusOf(last)
  const isLeft = useIsLeft(session, isIdle && status === 'done')
  return <p className="px-4 pt-2.5 pb-1 text-xs text-soft sm:px-6">{reason()}</p>

  function reason(): string {
    switch (status) {
      case 'stopped':
        return t('stopped')
      case 'failed':
        return t('failed')
      case 'interrupted':
        return t('interrupted')
      default:
        return isLeft ? t('notSent') : t('afterAnswer')
    }
  }
}

/** A question without an answer is one whose answer was stopped before it began. */
function statusOf({ role, metadata }: ChatMessage) {
  return role === 'user' ? 'stopped' : metadata?.status
}

/** Whether nothing follows a done answer, though something should. */
function useIsLeft(session: ChatSession, isDue: boolean): boolean {
  const [isLeft, setIsLeft] = useState(false)

  useEffect(() => {
    if (!isDue) return
    const look = () => session.noteChange({ updatedAt: Infinity })
    const timers = looksMs.map((ms) => setTimeout(look, ms))
    const patience = setTimeout(() => setIsLeft(true), patienceMs)
    return () => {
      for (const timer of [...timers, patience]) clearTimeout(timer)
      setIsLeft(false)
    }
  }, [session, isDue])

  return isLeft
}
