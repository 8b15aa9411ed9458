'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useState } from 'react'
import { ChatListSeed } from '@/client/chats/use-chat-list'
import { ModelCatalogSeed } from '@/client/models/use-models'
import { rememberSidebarFolded } from '@/client/preferences/preferences'
import { Sidebar } from '@/components/sidebar/sidebar'
import { Drawer } from '@/components/ui/drawer'
import { TooltipProvider } from '@/components/ui/tooltip-provider'
import type { ChatPage } from '@/shared/chat/chat-summary'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { ShellControlsContext } from './shell-controls'
import { SkipLinks } from './skip-links'
import { TimeZoneKeeper } from './time-zone-keeper'
import { useOpenChatId } from './use-open-chat-id'

type ShellProps = {
  /** The first page of the list, as the server rendered it. */
  page: ChatPage
  catalog: ModelCatalog
  folded: boolean
  children: ReactNode
}

/** The sidebar, or the drawer that stands for it on narrow screens, beside the conversation. */
export function Shell({ page, catalog, folded, children }: ShellProps) {
  return (
    <ChatListSeed value={page}>
      <ModelCatalogSeed value={catalog}>
        <Frame folded={folded}>{children}</Frame>
      </ModelCatalogSeed>
    </ChatListSeed>
  )
}

function Frame({ folded: initiallyFolded, children }: Pick<ShellProps, 'folded' | 'children'>) {
  const t = useTranslations('sidebar')
  const openChatId = useOpenChatId()
  const [folded, setFolded] = useState(initiallyFolded)
  const [drawerOpen, setDrawerOpen] = useState(false)

  function fold(next: boolean) {
    setFolded(next)
    rememberSidebarFolded(next)
  }

  return (
    <TooltipProvider>
      <SkipLinks />
      <div className="flex h-dvh overflow-hidden">
        <aside
          aria-label={t('label')}
          className={classNames(
            'w-64 shrink-0 flex-col border-r border-hairline bg-sunk pl-[env(safe-area-inset-left)]',
            folded ? 'hidden' : 'hidden md:flex',
          )}
        >
          <Sidebar
            openChatId={openChatId}
            close={() => fold(true)}
            closeLabel={t('fold')}
            onPick={ignore}
          />
        </aside>
        <div className="flex min-w-0 flex-1 flex-col">
          <ShellControlsContext
            value={{ folded, unfold: () => fold(false), openDrawer: () => setDrawerOpen(true) }}
          >
            {children}
          </ShellControlsContext>
        </div>
      </div>
      <Drawer open={drawerOpen} onOpenChange={setDrawerOpen} label={t('label')}>
        <Sidebar
          openChatId={openChatId}
          close={() => setDrawerOpen(false)}
          closeLabel={t('close')}
          onPick={() => setDrawerOpen(false)}
        />
      </Drawer>
      <TimeZoneKeeper />
    </TooltipProvider>
  )
}

function ignore() {}
