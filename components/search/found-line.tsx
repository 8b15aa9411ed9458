'use client'

import { useFormatter, useNow, useTranslations } from 'next-intl'
import type { SearchResults } from '@/shared/search/search-results'
import { MarkedText } from './marked-text'

/** A message that was found: what it says, and beneath it where, by whom and when. */
export function FoundMessage({ message }: { message: SearchResults['messages'][number] }) {
  const t = useTranslations('search')
  const untitled = useTranslations('sidebar')('untitled')
  const speaker = message.role === 'user' ? t('you') : t('answer')
  return (
    <span className="block min-w-0 py-1.5">
      <span className="line-clamp-2 text-sm leading-normal wrap-anywhere text-ink">
        <MarkedText {...message.snippet} />
      </span>
      <span className="tabular mt-0.5 flex gap-1.5 text-xs text-faint">
        <span className="shrink-0">{speaker}</span>
        <span aria-hidden>·</span>
        <span className="min-w-0 truncate">{message.chatTitle || untitled}</span>
        <span aria-hidden>·</span>
        <Day at={message.createdAt} />
      </span>
    </span>
  )
}

/** A chat that was found by its title. */
export function FoundChat({ chat }: { chat: SearchResults['chats'][number] }) {
  return (
    <span className="flex min-w-0 items-baseline gap-3 py-1.5">
      <span className="min-w-0 flex-1 truncate text-sm text-ink">
        <MarkedText {...chat.title} />
      </span>
      <span className="text-xs text-faint">
        <Day at={chat.updatedAt} />
      </span>
    </span>
  )
}

function Day({ at }: { at: number }) {
  const format = useFormatter()
  const now = useNow()
  const date = new Date(at)
  const year = date.getFullYear() === now.getFullYear() ? undefined : 'numeric'
  return (
    <span className="tabular shrink-0">
      {format.dateTime(date, { month: 'short', day: 'numeric', ...(year && { year }) })}
    </span>
  )
}
