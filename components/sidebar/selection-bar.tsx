'use client'

import { Archive, FolderInput, Trash2, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { tabList } from '@/client/chats/tab-list'
import { organiser } from '@/client/chats/organiser'
import { IconButton } from '@/components/ui/icon-button'
import { MenuContent } from '@/components/ui/menu'
import { MenuButton } from '@/components/ui/menu-button'
import { batchMax } from '@/shared/chat/batch'
import { MoveTargets } from './move-items'
import { useChatActions } from './use-chat-actions'

/** What can be done with those that are selected. */
export function SelectionBar({ chatIds }: { chatIds: readonly string[] }) {
  const t = useTranslations('organise')
  const { remove, archive, bringBack } = useChatActions()
  const areArchived = chatIds.every((id) => (tabList.chat(id)?.archivedAt ?? null) !== null)
  const isNone = chatIds.length === 0

  function carryOut(act: (ids: readonly string[]) => Promise<void>) {
    organiser.set({})
    void act(chatIds)
  }

  return (
    <div
      role="toolbar"
      aria-label={t('selection')}
      className="flex items-center gap-0.5 border-t border-hairline py-1 ps-4 pe-2"
    >
      <p role="status" className="tabular min-w-0 flex-1 text-xs text-soft">
        {t('selectedCount', { count: chatIds.length })}
        {chatIds.length >= batchMax ? ` · ${t('selectedMax')}` : null}
      </p>
      <IconButton
        label={areArchived && !isNone ? t('bringBack') : t('archive')}
        tooltipSide="top"
        disabled={isNone}
        onClick={() => carryOut(areArchived ? bringBack : archive)}
      >
        <Archive aria-hidden />
      </IconButton>
      <MenuButton
        aria-label={t('moveTo')}
        data-tooltip="top"
        disabled={isNone}
        load={ready}
        menu={
          <MenuContent
            align="end"
            side="top"
            className="max-h-80 max-w-60 overflow-y-auto"
            onCloseAutoFocus={(event) => organiser.get().newFolderFor && event.preventDefault()}
          >
            <MoveTargets chatIds={chatIds} folderId={null} />
          </MenuContent>
        }
        className="icon-button"
      >
        <FolderInput aria-hidden />
      </MenuButton>
      <IconButton
        label={t('deleteSelected')}
        tooltipSide="top"
        disabled={isNone}
        onClick={() => carryOut(remove)}
        className="text-danger"
      >
        <Trash2 aria-hidden />
      </IconButton>
      <IconButton label={t('endSelecting')} tooltipSide="top" onClick={() => organiser.set({})}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}

/** What it shows came with the bar. */
function ready(): Promise<void> {
  return Promise.resolve()
}
