import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { Shell } from '@/components/shell/shell'
import { currentUser } from '@/server/auth/current-user'
import { emptySidebar } from '@/shared/chat/empty-sidebar'
import { loadSidebar } from '@/server/chat/list-chats'
import { listModels } from '@/server/catalog/list-models'
import { deviceUserName } from '@/server/offline/device-user-name'
import { services } from '@/server/services'
import { shownSettings } from '@/server/user-settings/shown-settings'
import { openFolderIdsOf, openFoldersCookie } from '@/shared/chat/open-folders'

export default async function ChatLayout({ children }: { children: ReactNode }) {
  const [user, available, cookieStore] = await Promise.all([currentUser(), services(), cookies()])
  const openFolderIds = openFolderIdsOf(cookieStore.get(openFoldersCookie)?.value)
  const [pages, catalog, settings] = await Promise.all([
    user ? loadSidebar({ services: available, userId: user.userId, openFolderIds }) : emptySidebar,
    listModels({ services: available, userId: user?.userId }),
    shownSettings(),
  ])
  return (
    <Shell
      pages={pages}
      catalog={catalog}
      settings={settings}
      folded={cookieStore.get('sidebar')?.value === 'folded'}
      deviceUser={deviceUserName(user?.userId)}
    >
      {children}
    </Shell>
  )
}
