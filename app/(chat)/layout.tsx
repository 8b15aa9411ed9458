import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { currentUser } from '@/server/auth/current-user'
import { listChats } from '@/server/chat/list-chats'
import { services } from '@/server/services'
import { shownSettings } from '@/server/user-settings/shown-settings'

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const [user, available, cookieStore] = await Promise.all([currentUser(), services(), cookies()])
  const [page, catalog, settings] = await Promise.all([
    user
      ? listChats({ services: available, userId: user.userId })
      : { chats: [], nextCursor: null },
    available.models.catalog(),
    shownSettings(),
  ])
  return (
    <Shell
      page={page}
      catalog={catalog}
      settings={settings}
      folded={cookieStore.get('sidebar')?.value === 'folded'}
    >
      {children}
    </Shell>
  )
}
