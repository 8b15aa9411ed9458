'use client'

import type { ChatSession } from '@/client/chat/chat-session'
import { usePartText } from '@/client/chat/use-chat-session'
import { Markdown } from '@/components/markdown/markdown'
import { isRunning } from '@/shared/chat/answer-state'
import { messageText } from '@/shared/chat/message-text'
import type { MessageOutline } from '@/shared/chat/message-outline'
import { Reasoning } from './reasoning'

/** What of an answer is copied: its Markdown. */
export function textOf({ store }: ChatSession, messageId: string): string {
  const message = store.message(messageId)
  return message ? messageText(message) : ''
}

type AnswerBodyProps = { session: ChatSession; outline: MessageOutline }

/** What was thought and said. */
export function AnswerBody({ session, outline: { id, state, metadata, parts } }: AnswerBodyProps) {
  const running = isRunning(state)
  const lastText = parts.findLastIndex(({ type }) => type === 'text')
  const hasThoughts = parts.some((part) => part.type === 'reasoning' && part.hasText)
  return (
    <>
      {hasThoughts ? (
        <Reasoning
          session={session}
          messageId={id}
          thinking={state === 'thinking'}
          startedAt={metadata?.createdAt}
          tookMs={metadata?.timing?.reasoningMs}
        />
      ) : null}
      {parts.map((part, index) =>
        part.type === 'text' && part.hasText ? (
          <AnswerText
            key={index}
            session={session}
            messageId={id}
            partIndex={index}
            streaming={running && index === lastText}
          />
        ) : null,
      )}
    </>
  )
}

type AnswerTextProps = {
  session: ChatSession
  messageId: string
  partIndex: number
  streaming: boolean
}

/** The one thing that a token renders. */
function AnswerText({ session, messageId, partIndex, streaming }: AnswerTextProps) {
  return <Markdown text={usePartText(session, messageId, partIndex)} streaming={streaming} />
}
