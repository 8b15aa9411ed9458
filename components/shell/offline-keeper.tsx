'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useEffectEvent } from 'react'
import { openChatSession } from '@/client/chat/chat-sessions'
import { useSessionPhase } from '@/client/chat/use-chat-session'
import { keepChatWhenQuiet, startOffline } from '@/client/offline/keep-offline'
import { showToast } from '@/components/ui/toast'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { AnswerNotifier } from './answer-notifier'
import { useOpenChatId } from './use-open-chat-id'

/**
 * What the service worker is for: opening the app and reading the last chats without a network, and notifications of
 * answers.
 */
export default function OfflineKeeper() {
  const t = useTranslations('offline')
  const chatId = useOpenChatId()
  const isKept = chatId !== undefined && !isTemporaryChat(chatId)
  const offerUpdate = useEffectEvent((takeOver: () => void) =>
    showToast(t('newVersion'), {
      duration: Infinity,
      action: { label: t('reload'), onClick: takeOver },
    }),
  )
  useEffect(() => startOffline({ onUpdate: (takeOver) => offerUpdate(takeOver) }), [])
  return (
    <>
      <AnswerNotifier />
      {isKept ? <ChatKeeper key={chatId} chatId={chatId} /> : null}
    </>
  )
}

function ChatKeeper({ chatId }: { chatId: string }) {
  const phase = useSessionPhase(openChatSession(chatId))
  useEffect(() => (phase === 'idle' ? keepChatWhenQuiet(chatId) : undefined), [chatId, phase])
  return null
}
