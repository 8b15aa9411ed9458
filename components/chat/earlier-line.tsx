'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { whenQuiet } from '@/client/browser/when-quiet'
import type { ChatSession } from '@/client/chat/chat-session'
import { useEarlier, useSessionPhase } from '@/client/chat/use-chat-session'
import { Button } from '@/components/ui/button'
import { Sign } from './sign'

/** Messages that are loaded without being asked for, so that a search in the page finds them. */
const backgroundMax = 2_000

/** Stands above the oldest message that is here, and brings those before it: at once when it comes near, and else when nothing is going on. */
export default function EarlierLine({ session }: { session: ChatSession }) {
  const t = useTranslations('chat')
  const { status, load } = useEarlier(session)
  const phase = useSessionPhase(session)
  const line = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (status !== 'more') return
    return whenNear(line.current, () => void session.loadEarlier())
  }, [session, status])

  useEffect(() => {
    const isFull = session.store.messageIds.length >= backgroundMax
    if (status !== 'more' || phase !== 'idle' || isFull) return
    return whenQuiet(() => void session.loadEarlier())
  }, [session, status, phase])

  return (
    <div
      ref={line}
      className="mb-7 flex h-11 items-center justify-center gap-2.5 text-sm text-faint"
    >
      {status === 'failed' ? (
        <>
          <span>{t('earlierFailed')}</span>
          <Button onClick={load}>{t('retry')}</Button>
        </>
      ) : (
        <>
          <Sign />
          <span>{t('earlierLoading')}</span>
        </>
      )}
    </div>
  )
}

/** Two screens before it is seen. */
function whenNear(element: HTMLElement | null, act: () => void): () => void {
  const observer = new IntersectionObserver(
    (entries) => entries.some(({ isIntersecting }) => isIntersecting) && act(),
    { root: element?.closest('#conversation') ?? null, rootMargin: '200% 0px 0px' },
  )
  if (element) observer.observe(element)
  return () => observer.disconnect()
}
