'use client'

import { useNow, useTimeZone } from 'next-intl'
import { Suspense } from 'react'
import { lazyPart } from '@/components/ui/lazy-part'
import { groupChats } from '@/shared/chat/group-chats'
import { GroupName } from './group-name'
import { Rows, rowsDrawn, type RowsProps } from './shelf-rows'

const OlderGroups = lazyPart(() => import('./older-groups'))

/** Chats under the days and months of their last change. */
export function ChatGroups({ chats, ...props }: RowsProps) {
  const now = useNow({ updateInterval: 60_000 })
  const timeZone = useTimeZone() ?? 'UTC'
  const groups = groupChats(chats.slice(0, rowsDrawn), { now: now.getTime(), timeZone })
  return (
    <>
      {groups.map((group) => (
        <section key={`${group.span}-${group.chats[0]?.id}`} className="mt-4 first:mt-0">
          <h2 className="tabular px-2 pb-1 text-xs text-faint">
            <GroupName group={group} now={now} />
          </h2>
          <Rows chats={group.chats} {...props} />
        </section>
      ))}
      {chats.length > rowsDrawn ? (
        <Suspense>
          <OlderGroups chats={chats} now={now} timeZone={timeZone} {...props} />
        </Suspense>
      ) : null}
    </>
  )
}
