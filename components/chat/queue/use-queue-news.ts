import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'

/** Long enough to be picked up by a screen reader. */
const spokenMs = 2_000

/** What a screen reader is told of a queue: what came to it, and whatever `tell` is given. Others see it in the list. */
export function useQueueNews(
  { queue }: ChatSession,
  { count, list }: { count: number; list: RefObject<HTMLElement | null> },
) {
  const t = useTranslations('queue')
  const [news, tell] = useState('')
  const before = useRef(queue.seed.length)

  useEffect(() => {
    if (count > before.current) {
      tell(t('queued', { position: count }))
      list.current?.scrollTo({ top: list.current.scrollHeight })
    }
    if (count < before.current) tell(t('left', { count }))
    before.current = count
  }, [count, list, t])

  useEffect(() => {
    if (!news) return
    const timer = setTimeout(() => tell(''), spokenMs)
    return () => clearTimeout(timer)
  }, [news])

  return { news, tell }
}
