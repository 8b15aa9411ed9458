import type { ChatMessage, MessageStatus } from '@/shared/chat/message'
import type { AnswerPlan, ReaderPlan } from '../plan/answer-plan'

/** What somebody has in the end, and how they came by it. */
export type ReaderEnd = {
  name: string
  text: string
  /** Nothing when there is no answer to be seen. */
  status: MessageStatus | undefined
  reloads: number
  /** How much there was after each stream that brought some, and which instance that was from. */
  seen: readonly { port: number; length: number }[]
  /** What no reader may ever see, whatever breaks. */
  wrongs: readonly string[]
}

/** The answer that several readers have in common. */
export type SharedAnswer = {
  plan: AnswerPlan
  url: string
  cookie: string
  /** Resolves when the server has taken the message. */
  accepted: PromiseWithResolvers<void>
  note: (line: string) => void
  signal: AbortSignal
}

export type ReaderOptions = { plan: ReaderPlan; answer: SharedAnswer }

export function textOf(message: Pick<ChatMessage, 'parts'> | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}
