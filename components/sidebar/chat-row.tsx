'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useChatActions } from '@/components/sidebar/use-chat-actions'
import { ChatLink } from '@/components/ui/chat-link'
import { MenuButton } from '@/components/ui/menu-button'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { titleLengthMax } from '@/shared/chat/title'
import { classNames } from '@/shared/ui/class-names'
import { lazyPart } from '@/components/ui/lazy-part'

const loadMenu = () => import('./chat-row-menu')
const ChatRowMenu = lazyPart(loadMenu)

type ChatRowProps = { chat: ChatSummary; open: boolean; onPick: () => void }

export function ChatRow({ chat, open, onPick }: ChatRowProps) {
  const t = useTranslations('sidebar')
  const [renaming, setRenaming] = useState(false)
  const { rename, remove } = useChatActions()
  const row = useRef<HTMLLIElement>(null)
  const title = chat.title || t('untitled')

  function endRenaming(name: string | undefined) {
    setRenaming(false)
    requestAnimationFrame(() => row.current?.querySelector('a')?.focus())
    if (name && name !== chat.title) void rename(chat.id, name)
  }

  if (renaming) {
    return (
      <li>
        <RenameField title={title} done={endRenaming} />
      </li>
    )
  }

  return (
    <li
      ref={row}
      className={classNames(
        'group relative flex h-9 items-center rounded-inside transition-colors hover-able:bg-wash pointer-coarse:h-11',
        open && 'bg-wash',
      )}
    >
      <ChatLink
        chatId={chat.id}
        aria-current={open ? 'page' : undefined}
        onPick={onPick}
        className={classNames(
          'flex h-full min-w-0 flex-1 items-center gap-2 rounded-inside px-2 text-sm -outline-offset-2 group-focus-within:pr-9 group-hover:pr-9 group-has-data-[state=open]:pr-9 pointer-coarse:pr-12!',
          open ? 'text-ink' : 'text-soft group-hover:text-ink',
        )}
      >
        <span className="min-w-0 flex-1 truncate">{title}</span>
        {chat.activeRunId ? (
          <span className="flex shrink-0 items-center">
            <span aria-hidden className="sign size-1.5 rounded-full bg-river" />
            <span className="sr-only">{t('answering')}</span>
          </span>
        ) : null}
      </ChatLink>
      <MenuButton
        aria-label={t('actions', { title })}
        load={loadMenu}
        menu={
          <ChatRowMenu
            rename={() => setRenaming(true)}
            remove={() => void remove(chat, open)}
            renaming={renaming}
          />
        }
        className="absolute right-1 inline-flex size-7 items-center justify-center rounded-inside text-soft opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 hover-able:text-ink data-[state=open]:opacity-100 pointer-coarse:size-11 pointer-coarse:opacity-100"
      >
        <Ellipsis aria-hidden className="size-4" />
      </MenuButton>
    </li>
  )
}

type RenameFieldProps = { title: string; done: (name: string | undefined) => void }

function RenameField({ title, done }: RenameFieldProps) {
  const t = useTranslations('sidebar')
  const settled = useRef(false)

  function settle(name: string | undefined) {
    if (settled.current) return
    settled.current = true
    done(name?.trim())
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key === 'Escape') settle(undefined)
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) settle(event.currentTarget.value)
  }

  return (
    <input
      ref={(input) => {
        input?.focus()
        input?.select()
      }}
      aria-label={t('newName')}
      defaultValue={title}
      maxLength={titleLengthMax}
      onKeyDown={onKeyDown}
      onBlur={(event) => settle(event.currentTarget.value)}
      className="h-9 w-full rounded-inside border border-edge bg-raised px-[7px] text-sm -outline-offset-1 pointer-coarse:h-11 pointer-coarse:text-base"
    />
  )
}
