'use client'

import { Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, Suspense, useEffect, useRef, useState } from 'react'
import { useOrganiser } from '@/client/chats/organiser'
import { useFolders, useListedChat, useShelf } from '@/client/chats/use-chat-list'
import { lazyPart } from '@/components/ui/lazy-part'
import { MenuButton } from '@/components/ui/menu-button'
import { shelves } from '@/shared/chat/shelf'
import { ChatGroups } from './chat-groups'
import { ShelfEnd } from './shelf-end'
import { ShelfRows } from './shelf-rows'

const FolderList = lazyPart(() => import('./folder-list'))
const ArchivedChats = lazyPart(() => import('./archived-chats'))
const ListTools = lazyPart(() => import('./list-tools'))
const loadMenu = () => import('./list-menu')
const ListMenu = lazyPart(loadMenu)

type ChatListProps = { openChatId: string | undefined; onPick: () => void }

export function ChatList(props: ChatListProps) {
  const t = useTranslations('sidebar')
  const [isArchive, setArchive] = useState(false)
  const isSelecting = useOrganiser(({ selected }) => selected !== undefined)
  const nav = useRef<HTMLElement>(null)
  const isUsed = useIsUsed(nav)
  useSeen(props.openChatId)
  return (
    <>
      <nav
        ref={nav}
        aria-label={t('label')}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-2 py-3"
      >
        {isArchive ? (
          <Suspense>
            <ArchivedChats {...props} close={() => setArchive(false)} />
          </Suspense>
        ) : (
          <Lists {...props} />
        )}
      </nav>
      {isUsed || isSelecting ? (
        <Suspense>
          <ListTools nav={nav} />
        </Suspense>
      ) : null}
      {isSelecting ? null : (
        <div className="flex items-center justify-between px-2 py-1">
          <button
            type="button"
            aria-pressed={isArchive}
            onClick={() => setArchive(!isArchive)}
            className="h-8 rounded-inside px-2 text-xs text-soft transition-colors hover-able:bg-wash hover-able:text-ink aria-pressed:text-ink pointer-coarse:h-11"
          >
            {t('archived')}
          </button>
          <MenuButton
            aria-label={t('organise')}
            load={loadMenu}
            menu={<ListMenu showChats={() => setArchive(false)} />}
            className="icon-button"
          >
            <Ellipsis aria-hidden className="size-4" />
          </MenuButton>
        </div>
      )}
    </>
  )
}

function Lists(props: ChatListProps) {
  const t = useTranslations('sidebar')
  const pinned = useShelf(shelves.pinned)
  const list = useShelf(shelves.list)
  const folders = useFolders()
  const isNaming = useOrganiser(({ newFolderFor }) => newFolderFor !== undefined)
  const isEmpty = list.chats.length + pinned.chats.length + folders.length === 0
  return (
    <>
      {pinned.chats.length > 0 ? (
        <section data-drop={shelves.pinned} className="mb-4 rounded-inside data-over:bg-river-wash">
          <h2 className="px-2 pb-1 text-xs text-faint">{t('pinned')}</h2>
          <ShelfRows chats={pinned.chats} {...props} />
          <ShelfEnd name={shelves.pinned} shelf={pinned} />
        </section>
      ) : null}
      {folders.length > 0 || isNaming ? (
        <Suspense>
          <FolderList folders={folders} {...props} />
        </Suspense>
      ) : null}
      <div data-drop={shelves.list} className="min-h-16 rounded-inside data-over:bg-river-wash">
        {isEmpty ? (
          <p className="px-2 text-sm text-faint">{t('empty')}</p>
        ) : (
          <ChatGroups chats={list.chats} {...props} />
        )}
        <ShelfEnd name={shelves.list} shelf={list} />
      </div>
    </>
  )
}

/** Whether the pointer or the focus has come near. */
function useIsUsed(part: RefObject<HTMLElement | null>): boolean {
  const [isUsed, setUsed] = useState(false)
  useEffect(() => {
    const abort = new AbortController()
    for (const type of ['pointerenter', 'focusin'])
      part.current?.addEventListener(type, () => setUsed(true), { signal: abort.signal })
    return () => abort.abort()
  }, [part])
  return isUsed
}

/** What is answered in the open chat while the page is looked at has been seen. */
function useSeen(chatId: string | undefined) {
  const isUnread = useListedChat(chatId)?.unread === true
  useEffect(() => {
    if (chatId === undefined || !isUnread) return
    // Without a network it is said when the chat is next opened.
    const see = import('@/client/chats/see-answers')
      .then(({ seeWhenVisible }) => seeWhenVisible(chatId))
      .catch(() => undefined)
    return () => void see.then((callOff) => callOff?.())
  }, [chatId, isUnread])
}
