'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useId } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { useModels } from '@/client/models/use-models'
import { modelName } from '@/components/models/model-name'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { isRunning } from '@/shared/chat/answer-state'
import { hasText, type MessageOutline } from '@/shared/chat/message-outline'
import { AnswerBody, textOf } from '../answer-body'
import { AnswerFacts } from '../answer-facts'
import { AnswerNotice } from '../answer-notice'
import { AnswerStatus } from '../answer-status'

type ComparedColumnProps = {
  session: ChatSession
  outline: MessageOutline
  phase: SessionPhase
  goOn: () => void
}

/** One of several answers: who gives it, what it says, and the way to go on with it. */
export function ComparedColumn({ session, outline, phase, goOn }: ComparedColumnProps) {
  const t = useTranslations('comparison')
  const chat = useTranslations('chat')
  const catalog = useShownCatalog(useModels().catalog)
  const { id, state, metadata } = outline
  const name = modelName(catalog, metadata?.model)
  const running = isRunning(state)
  return (
    <ColumnFrame name={name}>
      <AnswerBody session={session} outline={outline} />
      {running ? (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <AnswerStatus state={state} phase={phase} modelName={name} />
          <Button onClick={() => void session.stop()}>{t('stop')}</Button>
        </div>
      ) : (
        <>
          <AnswerNotice metadata={metadata} state={state} hasText={hasText(outline)} />
          <div className="mt-1 -ms-1.5 flex min-h-8 items-center gap-1.5 pointer-coarse:min-h-11">
            <CopyButton label={chat('copyAnswer')} text={() => textOf(session, id)} />
            <AnswerFacts metadata={metadata} modelName={undefined} />
          </div>
        </>
      )}
      <div className="mt-auto pt-2">
        <Button onClick={goOn}>{t('goOn')}</Button>
      </div>
    </ColumnFrame>
  )
}

export function ColumnFrame({ name, children }: { name: string | undefined; children: ReactNode }) {
  const chat = useTranslations('chat')
  const nameId = useId()
  return (
    <section
      aria-labelledby={nameId}
      className="flex min-w-[85%] flex-1 snap-center flex-col rounded-outside border border-hairline px-4 pt-2.5 pb-3 sm:min-w-72 sm:snap-start"
    >
      <h3 id={nameId} className="mb-1 text-sm font-medium text-soft wrap-anywhere">
        {name ?? chat('answer')}
      </h3>
      {children}
    </section>
  )
}
