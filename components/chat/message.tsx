'use client'

import { useTranslations } from 'next-intl'
import { Suspense } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { useMessageOutline, useMessageText } from '@/client/chat/use-chat-session'
import { isRunning } from '@/shared/chat/answer-state'
import { lazyPart } from '@/components/ui/lazy-part'
import type { ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { Answer, type AnswerMoves } from './answer'
import { useConversation, useFarHeight } from './history/conversation-context'
import { UserMessage, userTextShape } from './user-message'

const ContextMark = lazyPart(() => import('./context-mark'))

export type ModelNamer = (model: ModelRef | null | undefined) => string | undefined

export type MessageProps = {
  session: ChatSession
  messageId: string
  /** Rendered wherever the view is. */
  isKept: boolean
  /** Whether it is the one that the address leads to. */
  isLinked: boolean
  /** Whether the model was sent nothing of what stands before it. */
  isContextStart: boolean
  phase: SessionPhase
  moves: AnswerMoves | undefined
  nameModel: ModelNamer
}

// Distances are inside of a message, so that its height is all the room that it takes.
const questionShape = 'group relative flex flex-col items-end pt-7'
const answerShape = 'relative flow-root pt-2'
const farAnswerShape = 'leading-[1.7] wrap-anywhere whitespace-pre-wrap own-direction'
const linkedShape =
  'outline-none before:absolute before:inset-y-3 before:-inset-s-3 before:w-0.5 before:rounded-full before:bg-river sm:before:-inset-s-4'

/** A message, rendered when it is near the view. Far from it its text alone is there: to be found, selected, read out. */
export function Message(props: MessageProps) {
  const { session, messageId, isKept, isLinked, isContextStart, phase, moves, nameModel } = props
  const t = useTranslations('chat')
  const { watchRendered } = useConversation()
  const outline = useMessageOutline(session, messageId)
  const farHeight = useFarHeight([messageId])
  if (!outline) return null

  const isAnswer = outline.role === 'assistant'
  const modelName = nameModel(outline.metadata?.model)
  const state = isAnswer ? outline.state : undefined
  const isFar = farHeight !== undefined && !isKept
  return (
    <article
      ref={isFar ? undefined : watchRendered}
      data-message-id={messageId}
      data-state={state}
      aria-busy={state && isRunning(state)}
      aria-current={isLinked ? 'location' : undefined}
      tabIndex={isLinked ? -1 : undefined}
      className={classNames(isAnswer ? answerShape : questionShape, isLinked && linkedShape)}
      style={isFar ? { blockSize: `${farHeight}px`, overflow: 'clip' } : undefined}
    >
      {isContextStart ? (
        <Suspense>
          <ContextMark />
        </Suspense>
      ) : null}
      <h2 className="sr-only">{heading()}</h2>
      {isFar ? (
        <FarText
          session={session}
          messageId={messageId}
          shape={isAnswer ? farAnswerShape : userTextShape}
        />
      ) : isAnswer ? (
        <Answer
          session={session}
          outline={outline}
          phase={phase}
          modelName={modelName}
          actions={moves}
        />
      ) : (
        <UserMessage session={session} messageId={messageId} />
      )}
    </article>
  )

  function heading(): string {
    if (!isAnswer) return t('youSaid')
    return modelName ? t('answered', { model: modelName }) : t('answer')
  }
}

type FarTextProps = Pick<MessageProps, 'session' | 'messageId'> & { shape: string }

function FarText({ session, messageId, shape }: FarTextProps) {
  return <p className={shape}>{useMessageText(session, messageId)}</p>
}
