'use client'

import { FolderInput, FolderPlus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { DropdownMenu } from 'radix-ui'
import { organiser } from '@/client/chats/organiser'
import { useFolders } from '@/client/chats/use-chat-list'
import { MenuItem } from '@/components/ui/menu'
import { useChatActions } from './use-chat-actions'

type MoveItemsProps = {
  chatIds: readonly string[]
  /** Where they are; `null` for the list. */
  folderId: string | null
}

/** A menu in the menu: the folders that chats can be moved to. */
export function MoveItems(props: MoveItemsProps) {
  const t = useTranslations('organise')
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <FolderInput aria-hidden />
        {t('moveTo')}
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          sideOffset={4}
          collisionPadding={8}
          className="appear menu max-h-80 max-w-60 overflow-y-auto"
        >
          <MoveTargets {...props} />
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  )
}

export function MoveTargets({ chatIds, folderId }: MoveItemsProps) {
  const t = useTranslations('organise')
  const folders = useFolders()
  const { move } = useChatActions()

  function moveTo(folder: { id: string; name: string } | null) {
    organiser.set({})
    void move(chatIds, folder)
  }

  return (
    <>
      {folders
        .filter(({ id }) => id !== folderId)
        .map((folder) => (
          <MenuItem key={folder.id} onSelect={() => moveTo(folder)}>
            <span className="truncate">{folder.name}</span>
          </MenuItem>
        ))}
      {folderId === null && chatIds.length === 1 ? null : (
        <MenuItem onSelect={() => moveTo(null)}>{t('noFolder')}</MenuItem>
      )}
      <MenuItem onSelect={() => organiser.set({ newFolderFor: chatIds })}>
        <FolderPlus aria-hidden />
        {t('newFolder')}
      </MenuItem>
    </>
  )
}
