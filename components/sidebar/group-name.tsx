'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { ChatGroup } from '@/shared/chat/group-chats'

export function GroupName({ group, now }: { group: ChatGroup; now: Date }) {
  const t = useTranslations('sidebar')
  const format = useFormatter()
  if (group.span !== 'month') return t(group.span)
  const date = new Date(group.chats[0]?.updatedAt ?? 0)
  const thisYear = date.getUTCFullYear() === now.getUTCFullYear()
  return format.dateTime(date, thisYear ? { month: 'long' } : { month: 'long', year: 'numeric' })
}
