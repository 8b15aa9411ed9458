'use client'

import { useTranslations } from 'next-intl'
import { useSyncExternalStore } from 'react'
import { branchMoves } from '@/client/chat/branch-moves'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { showErrorToast } from '@/components/ui/toast'
import type { MessageOutline } from '@/shared/chat/message-outline'
import { useProblemText } from '../use-problem-text'
import { ComparedColumn } from './compared-column'
import { OtherColumn } from './other-column'

type ComparisonProps = { session: ChatSession; outline: MessageOutline; phase: SessionPhase }

/** The answers of several models to one question, side by side, until the chat goes on with one of them. */
export default function Comparison({ session, outline, phase }: ComparisonProps) {
  const t = useTranslations('comparison')
  const problemText = useProblemText()
  const { forks } = session
  const ids = useSyncExternalStore(
    forks.subscribe,
    () => forks.of(outline.id),
    () => forks.seedOf(outline.id),
  ) ?? [outline.id]

  async function goOnWith(messageId: string) {
    const problem = await branchMoves.select(session, messageId)
    if (problem) showErrorToast(problemText(problem))
    else document.getElementById('composer')?.focus()
  }

  return (
    <div
      role="group"
      aria-label={t('label')}
      className="-mx-4 flex snap-x gap-3 overflow-x-auto overscroll-x-contain scroll-px-4 px-4 pb-2 sm:-mx-6 sm:scroll-px-6 sm:px-6"
    >
      {ids.map((id) =>
        id === outline.id ? (
          <ComparedColumn
            key={id}
            session={session}
            outline={outline}
            phase={phase}
            goOn={() => void goOnWith(id)}
          />
        ) : (
          <OtherColumn
            key={id}
            chatId={session.chatId}
            answerId={id}
            goOn={() => void goOnWith(id)}
          />
        ),
      )}
    </div>
  )
}
