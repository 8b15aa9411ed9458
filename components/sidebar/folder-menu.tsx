'use client'

import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { changes } from '@/client/chats/changes'
import { MenuContent, MenuItem } from '@/components/ui/menu'
import { showErrorToast, showToast } from '@/components/ui/toast'
import type { Folder } from '@/shared/chat/chat-summary'

type FolderMenuProps = {
  folder: Folder
  place: { index: number; count: number }
  rename: () => void
  renaming: boolean
}

export function FolderMenu({ folder, place, rename, renaming }: FolderMenuProps) {
  const t = useTranslations('organise')

  function moveTo(position: number) {
    changes.moveFolder(folder.id, position).catch(() => showErrorToast(t('folderFailed')))
  }

  async function remove() {
    try {
      await changes.removeFolder(folder.id)
      showToast(t('folderDeleted'), { description: t('folderDeletedNote') })
    } catch {
      showErrorToast(t('folderFailed'))
    }
  }

  return (
    <MenuContent align="start" onCloseAutoFocus={(event) => renaming && event.preventDefault()}>
      <MenuItem onSelect={rename}>
        <Pencil aria-hidden />
        {t('renameFolder')}
      </MenuItem>
      {place.index > 0 ? (
        <MenuItem onSelect={() => moveTo(place.index - 1)}>
          <ArrowUp aria-hidden />
          {t('moveUp')}
        </MenuItem>
      ) : null}
      {place.index < place.count - 1 ? (
        <MenuItem onSelect={() => moveTo(place.index + 1)}>
          <ArrowDown aria-hidden />
          {t('moveDown')}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => void remove()} className="text-danger [&_svg]:text-danger">
        <Trash2 aria-hidden />
        {t('deleteFolder')}
      </MenuItem>
    </MenuContent>
  )
}
