'use client'

import { Menu as MenuSign, PanelLeft, SquarePen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { ChatLink } from '@/components/ui/chat-link'
import { IconButton } from '@/components/ui/icon-button'
import { classNames } from '@/shared/ui/class-names'
import { useShellControls } from './shell-controls'

type HeaderProps = {
  title?: string | undefined
  /** What stands in the place of the title. */
  children?: ReactNode
}

/** The line above the conversation: its title, and the ways to the other chats where the sidebar is not in sight. */
export function Header({ title, children }: HeaderProps) {
  const t = useTranslations('sidebar')
  const { folded, unfold, openDrawer } = useShellControls()
  return (
    <header className="flex h-14 shrink-0 items-center gap-1 pr-[max(0.5rem,env(safe-area-inset-right))] pl-[max(0.5rem,env(safe-area-inset-left))] md:px-3">
      <IconButton label={t('open')} onClick={openDrawer} className="md:hidden">
        <MenuSign aria-hidden />
      </IconButton>
      {folded ? (
        <IconButton label={t('unfold')} onClick={unfold} className="hidden md:inline-flex">
          <PanelLeft aria-hidden />
        </IconButton>
      ) : null}
      <div className="min-w-0 flex-1 px-1.5">
        {title === undefined ? (
          children
        ) : (
          <h1 dir="auto" className="title truncate text-sm font-medium text-soft">
            {title || t('untitled')}
          </h1>
        )}
      </div>
      <ChatLink
        aria-label={t('newChat')}
        title={t('newChat')}
        className={classNames(
          'inline-flex size-8 items-center justify-center rounded-inside text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:size-11',
          folded ? '' : 'md:hidden',
        )}
      >
        <SquarePen aria-hidden className="size-[1.125rem]" />
      </ChatLink>
    </header>
  )
}
