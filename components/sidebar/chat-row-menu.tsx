'use client'

import { Archive, ArchiveRestore, Pencil, Pin, PinOff, SquareCheck, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { organiser } from '@/client/chats/organiser'
import { MenuContent, MenuItem } from '@/components/ui/menu'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { MoveItems } from './move-items'
import { useChatActions } from './use-chat-actions'

type ChatRowMenuProps = { chat: ChatSummary; rename: () => void; renaming: boolean }

export default function ChatRowMenu({ chat, rename, renaming }: ChatRowMenuProps) {
  const t = useTranslations('sidebar')
  const more = useTranslations('organise')
  const { remove, archive, bringBack, pin } = useChatActions()
  const ids = [chat.id]
  const isPinned = chat.pinnedAt !== null
  const isArchived = chat.archivedAt !== null

  function keepFocus(event: Event) {
    if (renaming || organiser.get().newFolderFor) event.preventDefault()
  }

  return (
    <MenuContent align="start" onCloseAutoFocus={keepFocus}>
      <MenuItem onSelect={rename}>
        <Pencil aria-hidden />
        {t('rename')}
      </MenuItem>
      {isArchived ? null : (
        <MenuItem onSelect={() => void pin(ids, !isPinned)}>
          {isPinned ? <PinOff aria-hidden /> : <Pin aria-hidden />}
          {more(isPinned ? 'unpin' : 'pin')}
        </MenuItem>
      )}
      {isArchived ? null : <MoveItems chatIds={ids} folderId={isPinned ? null : chat.folderId} />}
      <MenuItem onSelect={() => void (isArchived ? bringBack(ids) : archive(ids))}>
        {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
        {more(isArchived ? 'bringBack' : 'archive')}
      </MenuItem>
      <MenuItem onSelect={() => organiser.set({ selected: new Set(ids) })}>
        <SquareCheck aria-hidden />
        {more('select')}
      </MenuItem>
      <MenuItem onSelect={() => void remove(ids)} className="text-danger [&_svg]:text-danger">
        <Trash2 aria-hidden />
        {t('delete')}
      </MenuItem>
    </MenuContent>
  )
}
