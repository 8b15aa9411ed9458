'use client'

import { groupManyChats } from '@/shared/chat/group-many-chats'
import { GroupName } from './group-name'
import ManyRows from './many-rows'
import { rowsDrawn, type RowsProps } from './shelf-rows'

type OlderGroupsProps = RowsProps & { now: Date; timeZone: string }

/** What stands below the rows that are always drawn. The group that they end in goes on without another heading. */
export default function OlderGroups({ chats, now, timeZone, ...props }: OlderGroupsProps) {
  const above = rowsDrawn - 1
  const groups = groupManyChats(chats.slice(above), { now: now.getTime(), timeZone })
  const below = groups.flatMap((group, index) => {
    const rest = index === 0 ? group.chats.slice(1) : group.chats
    if (rest.length === 0) return []
    const heading = index === 0 ? undefined : <GroupName group={group} now={now} />
    const key = `${group.span}-${index}`
    return [{ key, chats: rest, ...(heading && { heading }) }]
  })
  return <ManyRows groups={below} {...props} />
}
