'use client'

import { useTranslations } from 'next-intl'
import type { SessionPhase } from '@/client/chat/session-phase'
import { Markdown } from '@/components/markdown/markdown'
import { type AnswerState, answerState, reasoningText } from '@/shared/chat/answer-state'
import { type ChatMessage, messageText } from '@/shared/chat/message'
import { AnswerActions, WaysOut } from './answer-actions'
import { AnswerNotice } from './answer-notice'
import { AnswerStatus } from './answer-status'
import { Reasoning } from './reasoning'

type AnswerProps = {
  message: ChatMessage
  phase: SessionPhase
  modelName: string | undefined
  /** What can be done with the newest answer while nothing is being written. */
  actions: AnswerMoves | undefined
}

export type AnswerMoves = {
  regenerate: (messageId: string) => void
  goOn: (messageId: string) => void
}

export function Answer({ message, phase, modelName, actions }: AnswerProps) {
  const t = useTranslations('chat')
  const state = answerState(message)
  const running = isRunning(state)
  const text = messageText(message)
  const retry = actions && (() => actions.regenerate(message.id))
  const goOn = actions && canGoOn(message, state, text) ? () => actions.goOn(message.id) : undefined
  const troubled = state === 'failed' || state === 'interrupted' || state === 'stopped'
  return (
    <article className="mt-2" aria-busy={running} data-state={state}>
      <h2 className="sr-only">{modelName ? t('answered', { model: modelName }) : t('answer')}</h2>
      <AnswerBody message={message} state={state} />
      {running ? (
        state === 'thinking' && !isCut(phase) ? null : (
          <AnswerStatus state={state} phase={phase} modelName={modelName} />
        )
      ) : (
        <>
          <AnswerNotice message={message} state={state} hasText={text !== ''}>
            <WaysOut retry={troubled && canRetry(message) ? retry : undefined} goOn={goOn} />
          </AnswerNotice>
          <AnswerActions
            text={text}
            metadata={message.metadata}
            modelName={modelName}
            regenerate={troubled && canRetry(message) ? undefined : retry}
          />
        </>
      )}
    </article>
  )
}

function AnswerBody({ message, state }: { message: ChatMessage; state: AnswerState }) {
  const thoughts = reasoningText(message)
  const running = isRunning(state)
  const lastText = message.parts.findLastIndex((part) => part.type === 'text')
  return (
    <>
      {thoughts ? (
        <Reasoning
          text={thoughts}
          thinking={state === 'thinking'}
          startedAt={message.metadata?.createdAt}
          tookMs={message.metadata?.timing?.reasoningMs}
        />
      ) : null}
      {message.parts.map((part, index) =>
        part.type === 'text' && part.text ? (
          <Markdown key={index} text={part.text} streaming={running && index === lastText} />
        ) : null,
      )}
    </>
  )
}

function isRunning(state: AnswerState): boolean {
  return state === 'waiting' || state === 'thinking' || state === 'answering'
}

/** What is being thought says so itself, unless the connection has something to say. */
function isCut(phase: SessionPhase): boolean {
  return phase === 'reconnecting' || phase === 'offline'
}

function canRetry({ metadata }: ChatMessage): boolean {
  return metadata?.error?.retryable ?? true
}

/** Going on makes sense where something was cut off: there is a beginning, and the end did not come by itself. */
function canGoOn({ metadata }: ChatMessage, state: AnswerState, text: string): boolean {
  if (text === '') return false
  if (state === 'failed') return metadata?.error?.retryable ?? true
  return state === 'stopped' || state === 'interrupted' || metadata?.finishReason === 'length'
}
