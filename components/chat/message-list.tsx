'use client'

import { useTranslations } from 'next-intl'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { useMessageIds, useMessageOutline, useSessionPhase } from '@/client/chat/use-chat-session'
import type { ModelRef } from '@/shared/models/model-catalog'
import { Answer, type AnswerMoves } from './answer'
import { WaysOut } from './answer-actions'
import { QuietNotice } from './answer-notice'
import { AnswerStatus } from './answer-status'
import { UserMessage } from './user-message'

type ModelNamer = (model: ModelRef | null | undefined) => string | undefined

type MessageListProps = {
  session: ChatSession
  moves: AnswerMoves
  nameModel: ModelNamer
  nextModelName: string | undefined
}

export function MessageList({ session, moves, nameModel, nextModelName }: MessageListProps) {
  const t = useTranslations('chat')
  const ids = useMessageIds(session)
  const phase = useSessionPhase(session)
  const lastId = ids.at(-1)
  return (
    <div role="log" aria-live="off" aria-label={t('conversation')}>
      {ids.map((id) => (
        <Message
          key={id}
          session={session}
          messageId={id}
          phase={id === lastId ? phase : 'idle'}
          moves={id === lastId && phase === 'idle' ? moves : undefined}
          nameModel={nameModel}
        />
      ))}
      {lastId ? (
        <PendingAnswer
          session={session}
          lastId={lastId}
          phase={phase}
          modelName={nextModelName}
          regenerate={moves.regenerate}
        />
      ) : null}
    </div>
  )
}

type MessageProps = {
  session: ChatSession
  messageId: string
  phase: SessionPhase
  moves: AnswerMoves | undefined
  nameModel: ModelNamer
}

function Message({ session, messageId, phase, moves, nameModel }: MessageProps) {
  const outline = useMessageOutline(session, messageId)
  if (!outline) return null
  if (outline.role === 'user') return <UserMessage session={session} messageId={messageId} />
  return (
    <Answer
      session={session}
      outline={outline}
      phase={phase}
      modelName={nameModel(outline.metadata?.model)}
      actions={moves}
    />
  )
}

type PendingAnswerProps = {
  session: ChatSession
  lastId: string
  phase: SessionPhase
  modelName: string | undefined
  regenerate: (messageId: string) => void
}

/** Stands where the answer will, until its first event is here; and where none came, for it was stopped before. */
function PendingAnswer({ session, lastId, phase, modelName, regenerate }: PendingAnswerProps) {
  const t = useTranslations('chat')
  const last = useMessageOutline(session, lastId)
  if (last?.role !== 'user') return null
  return (
    <div className="mt-2">
      {phase === 'idle' ? (
        <QuietNotice text={t('unanswered')}>
          <WaysOut retry={() => regenerate(lastId)} goOn={undefined} />
        </QuietNotice>
      ) : (
        <AnswerStatus state="waiting" phase={phase} modelName={modelName} />
      )}
    </div>
  )
}
