import type { ChatMessage } from '@/shared/chat/message'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { Timers } from '../stream/timers'
import type { ChatSession } from './chat-session'
import type { ChatMessageStore } from './chat-store'
import type { ForkStore } from './forks'
import type { Turn } from './turn'
import type { TurnRunner } from './turn-runner'

type Input<Name extends 'send' | 'edit' | 'regenerate' | 'continueAnswer'> = Parameters<
  ChatSession[Name]
>[0]

/** What is asked of a chat, as a turn: how it is carried out, and taken back where it is refused. */
export type TurnRequest = {
  text?: string
  model: ModelRef | undefined
  perform: (turn: Turn) => Promise<void>
  undo: () => void
}

/** Makes requests of what a person does; nothing happens until one is performed. */
export class Requests {
  readonly #chatId: string
  readonly #store: ChatMessageStore
  readonly #forks: ForkStore
  readonly #turns: TurnRunner
  readonly #environment: { timers: Timers; newId: () => string }

  constructor(options: {
    chatId: string
    store: ChatMessageStore
    forks: ForkStore
    turns: TurnRunner
    environment: { timers: Timers; newId: () => string }
  }) {
    this.#chatId = options.chatId
    this.#store = options.store
    this.#forks = options.forks
    this.#turns = options.turns
    this.#environment = options.environment
  }

  send({ text, model, compareWith, begin }: Input<'send'>): TurnRequest {
    const parentId = this.#store.messages.at(-1)?.id ?? null
    const message = this.#newMessage(text, parentId)
    // A temporary chat that is gone is not begun anew without what was said before.
    const place = isTemporaryChat(this.#chatId) && { parentId }
    return {
      text,
      model,
      perform: () =>
        this.#turns.chat.sendMessage(message, { body: { model, compareWith, begin, ...place } }),
      undo: () => this.#store.removeMessage(message.id),
    }
  }

  edit({ messageId, text, model }: Input<'edit'>): TurnRequest {
    const parentId = this.#parentOf(messageId)
    const message = this.#newMessage(text, parentId)
    return {
      text,
      model,
      perform: () => {
        this.#forks.add(messageId, message.id)
        return this.#turns.chat.editMessage(message, { messageId, body: { model, parentId } })
      },
      undo: () => this.#forks.remove(message.id),
    }
  }

  regenerate({ messageId, model }: Input<'regenerate'>): TurnRequest {
    const isAnswer = this.#store.message(messageId)?.role === 'assistant'
    return {
      model,
      perform: (turn) => {
        turn.besideId = isAnswer ? messageId : undefined
        return this.#turns.chat.regenerate({ messageId, body: { model } })
      },
      undo: () => undefined,
    }
  }

  continueAnswer({ messageId, model }: Input<'continueAnswer'>): TurnRequest {
    return {
      model,
      perform: (turn) => this.#turns.continueAnswer(turn, { messageId, ...(model && { model }) }),
      undo: () => undefined,
    }
  }

  #newMessage(text: string, parentId: string | null): ChatMessage {
    const { newId, timers } = this.#environment
    return {
      id: newId(),
      role: 'user',
      parts: [{ type: 'text', text }],
      metadata: { status: 'done', createdAt: timers.now(), parentId },
    }
  }

  #parentOf(messageId: string): string | null {
    const { messages } = this.#store
    const index = messages.findIndex(({ id }) => id === messageId)
    return messages[index]?.metadata?.parentId ?? messages[index - 1]?.id ?? null
  }
}
