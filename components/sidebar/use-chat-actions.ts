'use client'

import { useTranslations } from 'next-intl'
import { useChatList } from '@/client/chats/use-chat-list'
import { showErrorToast, showToast } from '@/components/ui/toast'
import type { ChatSummary } from '@/shared/chat/chat-summary'

/** What a row of the list can do, with a toast where something is to be confirmed or went wrong. */
export function useChatActions() {
  const t = useTranslations('sidebar')
  const list = useChatList()
  return { rename, remove }

  async function rename(chatId: string, title: string) {
    try {
      await list.rename(chatId, title)
    } catch {
      showErrorToast(t('renameFailed'))
    }
  }

  async function remove(chat: ChatSummary, open: boolean) {
    if (open) window.history.pushState(null, '', '/')
    try {
      await list.remove(chat.id)
    } catch {
      showErrorToast(t('deleteFailed'))
      return
    }
    showToast(t('deleted'), {
      description: chat.title,
      action: { label: t('undo'), onClick: () => void restore(chat, open) },
    })
  }

  async function restore(chat: ChatSummary, open: boolean) {
    try {
      await list.restore(chat.id)
      if (open) window.history.pushState(null, '', `/c/${chat.id}`)
    } catch {
      showErrorToast(t('restoreFailed'))
    }
  }
}
