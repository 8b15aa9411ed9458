'use client'

import { Ellipsis, Folder as FolderSign, FolderOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useRef, useState } from 'react'
import { changes } from '@/client/chats/changes'
import { useShelf } from '@/client/chats/use-chat-list'
import { MenuButton } from '@/components/ui/menu-button'
import { showErrorToast } from '@/components/ui/toast'
import { folderNameLengthMax } from '@/shared/chat/batch'
import type { Folder } from '@/shared/chat/chat-summary'
import { FolderMenu } from './folder-menu'
import MoreButton from './more-button'
import { NameField } from './name-field'
import { ShelfRows } from './shelf-rows'

type FolderItemProps = {
  folder: Folder
  place: { index: number; count: number }
  isOpen: boolean
  toggle: () => void
  openChatId: string | undefined
  onPick: () => void
}

export function FolderItem({ folder, place, isOpen, toggle, ...props }: FolderItemProps) {
  const t = useTranslations('organise')
  const [isNaming, setNaming] = useState(false)
  const { chats, hasMore, loadingMore } = useShelf(folder.id)
  const item = useRef<HTMLLIElement>(null)
  const rows = useId()
  const isNew = chats.some(({ unread, activeRunId }) => unread || activeRunId !== null)
  const Sign = isOpen ? FolderOpen : FolderSign

  function rename(name: string | undefined) {
    setNaming(false)
    requestAnimationFrame(() => item.current?.querySelector('button')?.focus())
    if (!name || name === folder.name) return
    changes.renameFolder({ ...folder, name }).catch(() => showErrorToast(t('folderFailed')))
  }

  return (
    <li ref={item} data-drop={folder.id} className="rounded-inside data-over:bg-river-wash">
      {isNaming ? (
        <NameField
          label={t('folderName')}
          name={folder.name}
          lengthMax={folderNameLengthMax}
          done={rename}
        />
      ) : (
        <div className="group relative flex h-9 items-center rounded-inside transition-colors hover-able:bg-wash pointer-coarse:h-11">
          <button
            type="button"
            aria-expanded={isOpen}
            aria-controls={isOpen ? rows : undefined}
            onClick={toggle}
            className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-inside px-2 text-start text-sm text-soft -outline-offset-2 group-focus-within:pe-9 group-hover:pe-9 group-hover:text-ink pointer-coarse:pe-12!"
          >
            <Sign aria-hidden className="size-4 shrink-0 text-faint" />
            <span className="min-w-0 flex-1 truncate">{folder.name}</span>
            {isNew && !isOpen ? (
              <span className="flex shrink-0 items-center">
                <span aria-hidden className="size-1.5 rounded-full bg-river" />
                <span className="sr-only">{t('somethingNew')}</span>
              </span>
            ) : null}
          </button>
          <MenuButton
            aria-label={t('folderActions', { name: folder.name })}
            load={ready}
            menu={
              <FolderMenu
                folder={folder}
                place={place}
                rename={() => setNaming(true)}
                renaming={isNaming}
              />
            }
            className="absolute inset-e-1 inline-flex size-7 items-center justify-center rounded-inside text-soft opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 hover-able:text-ink data-[state=open]:opacity-100 pointer-coarse:size-11 pointer-coarse:opacity-100"
          >
            <Ellipsis aria-hidden className="size-4" />
          </MenuButton>
        </div>
      )}
      {isOpen ? (
        <div id={rows} className="ps-4">
          {chats.length === 0 && !hasMore ? (
            <p className="px-2 py-1 text-xs text-faint">{t('emptyFolder')}</p>
          ) : (
            <ShelfRows chats={chats} {...props} />
          )}
          {hasMore ? <MoreButton shelf={folder.id} loading={loadingMore} /> : null}
        </div>
      ) : null}
    </li>
  )
}

/** The menu came with the folder. */
function ready(): Promise<void> {
  return Promise.resolve()
}
