'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { MenuContent, MenuItem } from '@/components/ui/menu'

type ChatRowMenuProps = { rename: () => void; remove: () => void; renaming: boolean }

export default function ChatRowMenu({ rename, remove, renaming }: ChatRowMenuProps) {
  const t = useTranslations('sidebar')
  return (
    <MenuContent align="start" onCloseAutoFocus={(event) => renaming && event.preventDefault()}>
      <MenuItem onSelect={rename}>
        <Pencil aria-hidden />
        {t('rename')}
      </MenuItem>
      <MenuItem onSelect={remove} className="text-danger [&_svg]:text-danger">
        <Trash2 aria-hidden />
        {t('delete')}
      </MenuItem>
    </MenuContent>
  )
}
