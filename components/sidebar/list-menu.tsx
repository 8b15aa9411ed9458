'use client'

import { FolderPlus, SquareCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { organiser } from '@/client/chats/organiser'
import { MenuContent, MenuItem } from '@/components/ui/menu'

/** What is done with the list as a whole. */
export default function ListMenu({ showChats }: { showChats: () => void }) {
  const t = useTranslations('organise')

  function newFolder() {
    showChats()
    organiser.set({ newFolderFor: [] })
  }

  return (
    <MenuContent
      align="end"
      side="top"
      onCloseAutoFocus={(event) => organiser.get().newFolderFor && event.preventDefault()}
    >
      <MenuItem onSelect={newFolder}>
        <FolderPlus aria-hidden />
        {t('newFolder')}
      </MenuItem>
      <MenuItem onSelect={() => organiser.set({ selected: new Set() })}>
        <SquareCheck aria-hidden />
        {t('selectChats')}
      </MenuItem>
    </MenuContent>
  )
}
