'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, Suspense, useEffect, useState } from 'react'
import { whenQuiet } from '@/client/browser/when-quiet'
import { ChatListSeed } from '@/client/chats/use-chat-list'
import { ModelCatalogSeed } from '@/client/models/use-models'
import { SettingsSeed } from '@/client/settings/settings-seed'
import { rememberSidebarFolded } from '@/client/preferences/preferences'
import { PaletteHost } from '@/components/palette/palette-host'
import { Sidebar } from '@/components/sidebar/sidebar'
import type { SidebarPages } from '@/shared/chat/chat-summary'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import type { UserSettings } from '@/shared/settings/user-settings'
import { classNames } from '@/shared/ui/class-names'
import { LateParts } from './late-parts'
import { PageDrawer } from './page-drawer'
import { SettingsHost } from './settings-host'
import { ShellControlsContext } from './shell-controls'
import { SkipLinks } from './skip-links'
import { TimeZoneKeeper } from './time-zone-keeper'
import { Tooltips } from './tooltips'
import { useOpenChatId } from './use-open-chat-id'
import { VisibleHeight } from './visible-height'
import { lazyPart, loadPartsOnFirstUse } from '@/components/ui/lazy-part'

const Drawer = lazyPart(() => import('@/components/ui/drawer'))

type ShellProps = {
  /** The first pages of the lists, as the server rendered them. */
  pages: SidebarPages
  catalog: ModelCatalog
  settings: UserSettings
  folded: boolean
  /** What this device calls its user; nothing where it keeps nothing. */
  deviceUser?: string | undefined
  children: ReactNode
}

/** The sidebar, or the drawer that stands for it on narrow screens, beside the conversation. */
export function Shell({ pages, catalog, settings, folded, deviceUser, children }: ShellProps) {
  return (
    <ChatListSeed value={pages}>
      <ModelCatalogSeed value={catalog}>
        <SettingsSeed value={settings}>
          <Frame folded={folded}>{children}</Frame>
          {deviceUser ? <LateParts user={deviceUser} /> : null}
        </SettingsSeed>
      </ModelCatalogSeed>
    </ChatListSeed>
  )
}

function Frame({ folded: initiallyFolded, children }: Pick<ShellProps, 'folded' | 'children'>) {
  const t = useTranslations('sidebar')
  const openChatId = useOpenChatId()
  const [folded, setFolded] = useState(initiallyFolded)
  const [drawer, setDrawer] = useState<'unused' | 'open' | 'closed'>('unused')
  const closeDrawer = () => setDrawer('closed')
  useEffect(() => loadPartsOnFirstUse(whenQuiet), [])

  function fold(next: boolean) {
    setFolded(next)
    rememberSidebarFolded(next)
  }

  return (
    <>
      <SkipLinks />
      <div className="flex h-[var(--visible-height,100dvh)] overflow-hidden pt-[env(safe-area-inset-top)]">
        <aside
          aria-label={t('label')}
          className={classNames(
            'w-64 shrink-0 flex-col border-e border-hairline bg-sunk pl-[env(safe-area-inset-left)] rtl:pr-[env(safe-area-inset-right)] rtl:pl-0',
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
            value={{ folded, unfold: () => fold(false), openDrawer: () => setDrawer('open') }}
          >
            {children}
          </ShellControlsContext>
        </div>
      </div>
      {drawer === 'unused' ? null : (
        <Suspense>
          <Drawer
            open={drawer === 'open'}
            onOpenChange={(open) => setDrawer(open ? 'open' : 'closed')}
            label={t('label')}
          >
            <Sidebar
              openChatId={openChatId}
              close={closeDrawer}
              closeLabel={t('close')}
              onPick={closeDrawer}
            />
          </Drawer>
        </Suspense>
      )}
      <SettingsHost />
      <PaletteHost toggleSidebar={() => fold(!folded)} />
      <Tooltips />
      <PageDrawer />
      <TimeZoneKeeper />
      <VisibleHeight />
    </>
  )
}

function ignore() {}
