'use client'

import { useTranslations } from 'next-intl'
import { useLayoutEffect, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { useMessageIds, useMessageOutline, useSessionPhase } from '@/client/chat/use-chat-session'
import type { AnswerMoves } from './answer'
import { WaysOut } from './answer-actions'
import { QuietNotice } from './answer-notice'
import { AnswerStatus } from './answer-status'
import { keptCount } from './history/conversation'
import { useConversation } from './history/conversation-context'
import { intoStretches } from './history/stretches'
import type { ModelNamer } from './message'
import { MessageStretch } from './message-stretch'

type MessageListProps = {
  session: ChatSession
  moves: AnswerMoves
  nameModel: ModelNamer
  nextModelName: string | undefined
  linkedId: string | undefined
}

export function MessageList(props: MessageListProps) {
  const { session, moves, nameModel, nextModelName, linkedId } = props
  const t = useTranslations('chat')
  const ids = useMessageIds(session)
  const phase = useSessionPhase(session)
  const stretches = useStretches(ids)
  const tail = useTail(ids)
  const lastId = ids.at(-1)
  const contextFrom = useContextFrom(session, ids)
  return (
    <div role="log" aria-live="off" aria-label={t('conversation')} className="-mt-7">
      {stretches.map((stretch) => {
        const hasTail = stretch.ids.some((id) => tail.includes(id))
        const hasLast = lastId !== undefined && stretch.ids.includes(lastId)
        return (
          <MessageStretch
            key={stretch.key}
            session={session}
            stretch={stretch}
            tail={hasTail ? tail : undefined}
            phase={hasLast ? phase : 'idle'}
            moves={hasLast && phase === 'idle' ? moves : undefined}
            linkedId={
              linkedId !== undefined && stretch.ids.includes(linkedId) ? linkedId : undefined
            }
            contextFrom={
              contextFrom !== undefined && stretch.ids.includes(contextFrom)
                ? contextFrom
                : undefined
            }
            nameModel={nameModel}
          />
        )
      })}
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

/** The first message that the newest answer’s model was sent, where those before it were left out. */
function useContextFrom(session: ChatSession, ids: readonly string[]): string | undefined {
  const last = useMessageOutline(session, ids.at(-1) ?? '')
  const before = useMessageOutline(session, ids.at(-2) ?? '')
  const answer = last?.role === 'assistant' ? last : before
  return answer?.metadata?.contextFrom
}

function useStretches(ids: readonly string[]) {
  const [divided, setDivided] = useState(() => ({ ids, stretches: intoStretches([], ids) }))
  if (divided.ids === ids) return divided.stretches
  const stretches = intoStretches(divided.stretches, ids)
  setDivided({ ids, stretches })
  return stretches
}

/** The last messages. They stay rendered when they are the last no more, until they are far away. */
function useTail(ids: readonly string[]): readonly string[] {
  const { rendered } = useConversation()
  const [shown, setShown] = useState(() => ({ ids, tail: ids.slice(-keptCount) }))
  const tail = shown.ids === ids ? shown.tail : ids.slice(-keptCount)
  if (shown.ids !== ids) setShown({ ids, tail })
  useLayoutEffect(() => {
    for (const id of tail) rendered.add(id)
  }, [tail, rendered])
  return tail
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
