'use client'

import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl'
import { type ChatGroup, groupChats } from '@/shared/chat/group-chats'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { ChatRow } from './chat-row'

type ChatGroupsProps = {
  chats: readonly ChatSummary[]
  openChatId: string | undefined
  onPick: () => void
}

export function ChatGroups({ chats, openChatId, onPick }: ChatGroupsProps) {
  const now = useNow({ updateInterval: 60_000 })
  const timeZone = useTimeZone() ?? 'UTC'
  const groups = groupChats(chats, { now: now.getTime(), timeZone })
  return groups.map((group) => (
    <section key={`${group.span}-${group.chats[0]?.id}`} className="mt-4 first:mt-0">
      <h2 className="tabular px-2 pb-1 text-xs text-faint">
        <GroupName group={group} now={now} />
      </h2>
      <ul>
        {group.chats.map((chat) => (
          <ChatRow key={chat.id} chat={chat} open={chat.id === openChatId} onPick={onPick} />
        ))}
      </ul>
    </section>
  ))
}

function GroupName({ group, now }: { group: ChatGroup; now: Date }) {
  const t = useTranslations('sidebar')
  const format = useFormatter()
  switch (group.span) {
    case 'today':
      return t('today')
    case 'yesterday':
      return t('yesterday')
    case 'previous7Days':
      return t('previous7Days')
    case 'previous30Days':
      return t('previous30Days')
    case 'month':
      return monthName()
  }

  function monthName(): string {
    const date = new Date(group.chats[0]?.updatedAt ?? 0)
    const thisYear = date.getUTCFullYear() === now.getUTCFullYear()
    return format.dateTime(date, thisYear ? { month: 'long' } : { month: 'long', year: 'numeric' })
  }
}
