'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { memo, Suspense, useRef, useState } from 'react'
import { useOrganiser } from '@/client/chats/organiser'
import { ChatLink } from '@/components/ui/chat-link'
import { lazyPart } from '@/components/ui/lazy-part'
import { MenuButton } from '@/components/ui/menu-button'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { classNames } from '@/shared/ui/class-names'

const loadMenu = () => import('./chat-row-menu')
const ChatRowMenu = lazyPart(loadMenu)
const RenameChat = lazyPart(() => import('./rename-chat'))

type ChatRowProps = {
  chat: ChatSummary
  open: boolean
  onPick: () => void
  /** Where it stands in a list that draws only what is in sight, in pixels. */
  top?: number | undefined
}

export const ChatRow = memo(function ChatRow({ chat, open, onPick, top }: ChatRowProps) {
  const t = useTranslations('sidebar')
  const [renaming, setRenaming] = useState(false)
  const isSelected = useOrganiser(({ selected }) => selected?.has(chat.id))
  const row = useRef<HTMLLIElement>(null)
  const title = chat.title || t('untitled')

  function endRenaming() {
    setRenaming(false)
    requestAnimationFrame(() => row.current?.querySelector('a')?.focus())
  }

  return (
    <li
      ref={row}
      data-chat={chat.id}
      style={top === undefined ? undefined : { position: 'absolute', top, left: 0, right: 0 }}
      className={classNames(
        'group relative flex h-9 items-center rounded-inside transition-colors hover-able:bg-wash pointer-coarse:h-11',
        (open || isSelected) && 'bg-wash',
      )}
    >
      {renaming ? (
        <Suspense>
          <RenameChat chatId={chat.id} title={title} done={endRenaming} />
        </Suspense>
      ) : (
        <>
          {isSelected === undefined ? null : (
            <span
              aria-hidden
              className={classNames(
                'ms-2 inline-flex size-4 shrink-0 items-center justify-center rounded-[5px] border text-[0.6875rem] text-on-river',
                isSelected ? 'border-river bg-river' : 'border-edge',
              )}
            >
              {isSelected ? '✓' : null}
            </span>
          )}
          <ChatLink
            address={`/c/${chat.id}`}
            aria-current={open ? 'page' : undefined}
            onPick={onPick}
            className={classNames(
              'flex h-full min-w-0 flex-1 items-center gap-2 rounded-inside px-2 text-sm -outline-offset-2 group-focus-within:pe-9 group-hover:pe-9 group-has-data-[state=open]:pe-9 pointer-coarse:pe-12!',
              open ? 'text-ink' : 'text-soft group-hover:text-ink',
            )}
          >
            <span dir="auto" className="title min-w-0 flex-1 truncate">
              {title}
            </span>
            {isSelected ? <span className="sr-only">{t('selected')}</span> : null}
            {chat.pinnedAt === null ? null : <span className="sr-only">{t('pinnedState')}</span>}
            <Mark chat={chat} open={open} />
          </ChatLink>
          <MenuButton
            aria-label={t('actions', { title })}
            load={loadMenu}
            menu={<ChatRowMenu chat={chat} rename={() => setRenaming(true)} renaming={renaming} />}
            className="absolute inset-e-1 inline-flex size-7 items-center justify-center rounded-inside text-soft opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 hover-able:text-ink data-[state=open]:opacity-100 pointer-coarse:size-11 pointer-coarse:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </MenuButton>
        </>
      )}
    </li>
  )
})

/** Whether something is being written there, or was written that nobody has looked at. */
function Mark({ chat, open }: { chat: ChatSummary; open: boolean }) {
  const t = useTranslations('sidebar')
  const isUnread = chat.unread && !open
  if (!chat.activeRunId && !isUnread) return null
  return (
    <span className="flex shrink-0 items-center">
      <span
        aria-hidden
        className={classNames('size-1.5 rounded-full bg-river', chat.activeRunId && 'sign')}
      />
      <span className="sr-only">{t(chat.activeRunId ? 'answering' : 'unread')}</span>
    </span>
  )
}
