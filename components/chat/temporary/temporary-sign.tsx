'use client'

import { Hourglass } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { forgetChatSession } from '@/client/chat/chat-sessions'
import { closeTemporary, keepTemporary } from '@/client/chat/temporary-chats'
import { useMessageIds } from '@/client/chat/use-chat-session'
import { Button } from '@/components/ui/button'
import { showErrorToast } from '@/components/ui/toast'
import { useProblemText } from '../use-problem-text'

/** In the place of a title: what kind of chat this is. While it stands there the server keeps the chat. */
export default function TemporarySign({ session }: { session: ChatSession }) {
  const t = useTranslations('temporary')
  const problemText = useProblemText()
  const { chatId } = session
  const isBegun = useMessageIds(session).length > 0
  const [isGone, setGone] = useState(false)
  useEffect(() => {
    if (!isBegun) return
    // Asked before the server has taken the first message, it knows of no chat yet.
    return keepTemporary(chatId, { onGone: () => session.phase === 'sending' || setGone(true) })
  }, [session, chatId, isBegun])
  // Once it is not shown any more, this tab knows nothing of it.
  useEffect(() => () => forgetChatSession(chatId), [chatId])

  async function close() {
    window.history.replaceState(null, '', '/')
    const problem = await closeTemporary(chatId)
    if (problem && problem.status !== 404) showErrorToast(problemText(problem))
  }

  return (
    <div className="flex min-w-0 items-center gap-2.5">
      <Hourglass aria-hidden className="size-4 shrink-0 text-river" />
      <div className="min-w-0 flex-1 leading-tight">
        <h1 className="truncate text-sm font-medium">{t('title')}</h1>
        <p role="status" className="truncate text-xs text-soft">
          {isGone ? t('gone') : t('note')}
        </p>
      </div>
      {isBegun ? (
        <Button shape="quiet" onClick={() => void close()}>
          {t('close')}
        </Button>
      ) : null}
    </div>
  )
}
