'use client'

import { useFormatter, useNow, useTimeZone, useTranslations } from 'next-intl'
import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import { type ChatGroup, groupChats } from '@/shared/chat/group-chats'
import { Rows, rowsDrawn, type RowsProps } from './shelf-rows'

const ManyRows = lazyPart(() => import('./many-rows'))

export function ChatGroups({ chats, ...props }: RowsProps) {
  const now = useNow({ updateInterval: 60_000 })
  const timeZone = useTimeZone() ?? 'UTC'
  const groups = groupChats(chats, { now: now.getTime(), timeZone })
  const { above, below } = splitGroups(groups)
  return (
    <>
      {above.map((group) => (
        <section key={keyOf(group)} className="mt-4 first:mt-0">
          <h2 className="tabular px-2 pb-1 text-xs text-faint">
            <GroupName group={group} now={now} />
          </h2>
          <Rows chats={group.chats} {...props} />
        </section>
      ))}
      {below.length > 0 ? (
        <Suspense>
          <ManyRows
            groups={below.map((group) => ({
              key: keyOf(group),
              chats: group.chats,
              ...(group.goesOn ? {} : { heading: <GroupName group={group} now={now} /> }),
            }))}
            {...props}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** The rows that are drawn anyway, and those below; a group may lie on both sides. */
function splitGroups(groups: readonly ChatGroup[]) {
  const above: ChatGroup[] = []
  const below: (ChatGroup & { goesOn: boolean })[] = []
  let left = rowsDrawn
  for (const group of groups) {
    const here = group.chats.slice(0, left)
    const rest = group.chats.slice(left)
    if (here.length > 0) above.push({ ...group, chats: here })
    if (rest.length > 0) below.push({ ...group, chats: rest, goesOn: here.length > 0 })
    left -= here.length
  }
  return { above, below }
}

function keyOf({ span, chats }: ChatGroup): string {
  return `${span}-${span === 'month' ? chats[0]?.id : ''}`
}

function GroupName({ group, now }: { group: ChatGroup; now: Date }) {
  const t = useTranslations('sidebar')
  const format = useFormatter()
  if (group.span !== 'month') return t(group.span)
  const date = new Date(group.chats[0]?.updatedAt ?? 0)
  const thisYear = date.getUTCFullYear() === now.getUTCFullYear()
  return format.dateTime(date, thisYear ? { month: 'long' } : { month: 'long', year: 'numeric' })
}
