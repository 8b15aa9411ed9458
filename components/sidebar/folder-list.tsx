'use client'

import { useTranslations } from 'next-intl'
import { use } from 'react'
import { browserEnvironment } from '@/client/browser/browser-environment'
import { changes } from '@/client/chats/changes'
import { useOpenFolders } from '@/client/chats/open-folders'
import { organiser, useOrganiser } from '@/client/chats/organiser'
import { ChatListSeed } from '@/client/chats/use-chat-list'
import { showErrorToast } from '@/components/ui/toast'
import { folderNameLengthMax } from '@/shared/chat/batch'
import type { Folder } from '@/shared/chat/chat-summary'
import { FolderItem } from './folder-item'
import { NameField } from './name-field'
import { useChatActions } from './use-chat-actions'

type FolderListProps = {
  folders: readonly Folder[]
  openChatId: string | undefined
  onPick: () => void
}

export default function FolderList({ folders, ...props }: FolderListProps) {
  const t = useTranslations('organise')
  const seed = use(ChatListSeed)
  const { ids, toggle } = useOpenFolders(Object.keys(seed.opened))
  const isNaming = useOrganiser(({ newFolderFor }) => newFolderFor !== undefined)
  return (
    <section className="mb-4">
      <h2 className="px-2 pb-1 text-xs text-faint">{t('folders')}</h2>
      <ul>
        {folders.map((folder, index) => (
          <FolderItem
            key={folder.id}
            folder={folder}
            place={{ index, count: folders.length }}
            isOpen={ids.includes(folder.id)}
            toggle={() => toggle(folder.id)}
            {...props}
          />
        ))}
        {isNaming ? (
          <li>
            <NewFolder />
          </li>
        ) : null}
      </ul>
    </section>
  )
}

function NewFolder() {
  const t = useTranslations('organise')
  const { move } = useChatActions()

  async function create(name: string | undefined) {
    const chatIds = organiser.get().newFolderFor ?? []
    organiser.set({})
    if (!name) return
    const folder = { id: browserEnvironment.newId(), name }
    try {
      await changes.createFolder(folder)
    } catch {
      showErrorToast(t('folderFailed'))
      return
    }
    focusFolder(folder.id)
    if (chatIds.length > 0) await move(chatIds, folder)
  }

  return (
    <NameField
      label={t('folderName')}
      name=""
      placeholder={t('folderName')}
      lengthMax={folderNameLengthMax}
      done={(name) => void create(name)}
    />
  )
}

/** Who made a folder by keyboard goes on there. */
function focusFolder(folderId: string): void {
  if (document.activeElement !== document.body) return
  document.querySelector<HTMLElement>(`[data-drop="${folderId}"] button`)?.focus()
}
