'use client'

import { Suspense } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import type { SessionPhase } from '@/client/chat/session-phase'
import { useCompared } from '@/client/chat/use-chat-session'
import { lazyPart } from '@/components/ui/lazy-part'
import { isRunning } from '@/shared/chat/answer-state'
import { hasText, type MessageOutline } from '@/shared/chat/message-outline'
import { AnswerActions, WaysOut } from './answer-actions'
import { AnswerBody, textOf } from './answer-body'
import { AnswerNotice } from './answer-notice'
import { AnswerStatus } from './answer-status'
import { useMessageMoves } from './branches/moves-context'

const Comparison = lazyPart(() => import('./comparison/comparison'))

type AnswerProps = {
  session: ChatSession
  outline: MessageOutline
  phase: SessionPhase
  modelName: string | undefined
  /** What can be done with the newest answer while nothing is being written. */
  actions: AnswerMoves | undefined
}

export type AnswerMoves = {
  regenerate: (messageId: string) => void
  goOn: (messageId: string) => void
}

export function Answer(props: AnswerProps) {
  const { session, outline } = props
  const isCompared = useCompared(session, outline.id)
  return isCompared ? (
    <Suspense>
      <Comparison {...props} />
    </Suspense>
  ) : (
    <OneAnswer {...props} />
  )
}

function OneAnswer({ session, outline, phase, modelName, actions }: AnswerProps) {
  const { id, state, metadata } = outline
  const running = isRunning(state)
  const isEmpty = !hasText(outline)
  const { regenerate } = useMessageMoves()
  const retry = actions && (() => actions.regenerate(id))
  const goOn = actions && canGoOn(outline) ? () => actions.goOn(id) : undefined
  const troubled = state === 'failed' || state === 'interrupted' || state === 'stopped'
  return (
    <>
      <AnswerBody session={session} outline={outline} />
      {running ? (
        state === 'thinking' && !isCut(phase) ? null : (
          <AnswerStatus state={state} phase={phase} modelName={modelName} />
        )
      ) : (
        <>
          <AnswerNotice metadata={metadata} state={state} hasText={!isEmpty}>
            <WaysOut retry={troubled && canRetry(outline) ? retry : undefined} goOn={goOn} />
          </AnswerNotice>
          <AnswerActions
            session={session}
            messageId={id}
            text={isEmpty ? undefined : () => textOf(session, id)}
            metadata={metadata}
            modelName={modelName}
            regenerate={actions && troubled && canRetry(outline) ? undefined : () => regenerate(id)}
          />
        </>
      )}
    </>
  )
}

/** What is being thought says so itself, unless the connection has something to say. */
function isCut(phase: SessionPhase): boolean {
  return phase === 'reconnecting' || phase === 'offline'
}

function canRetry({ metadata }: MessageOutline): boolean {
  return metadata?.error?.retryable ?? true
}

/** Going on makes sense where something was cut off: there is a beginning, and the end did not come by itself. */
function canGoOn(outline: MessageOutline): boolean {
  const { state, metadata } = outline
  if (!hasText(outline)) return false
  if (state === 'failed') return canRetry(outline)
  return state === 'stopped' || state === 'interrupted' || metadata?.finishReason === 'length'
}
