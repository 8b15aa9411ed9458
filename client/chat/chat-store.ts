import type { ChatStatus } from 'ai'
import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import type { MessageOutline } from '@/shared/chat/message-outline'
import type { FrameScheduler } from '../stream/frames'
import { keepOutline, shownOutline } from './message-outlines'
import { createMessagePace } from './message-pace'
import { sameValue } from './same-value'

/** What components see of a chat's messages: an unchanged message keeps its reference, and so do its unchanged parts. */
export type ChatStore = {
  readonly messageIds: readonly string[]
  message: (id: string) => ChatMessage | undefined
  /** All of a message but its texts: the same object until something else than text has changed. */
  outline: (id: string) => MessageOutline | undefined
  readonly status: ChatStatus
  /** The messages that the store began with: what the server rendered, and hydration must repeat. */
  readonly seed: {
    readonly messageIds: readonly string[]
    message: (id: string) => ChatMessage | undefined
    outline: (id: string) => MessageOutline | undefined
  }
  /** Told whenever something is shown anew; with an id, of changes to that message only. */
  subscribe: (listener: () => void, messageId?: string) => () => void
}

type Listener = () => void

/**
 * The state of one chat, outside React. A stream writes into it chunk by chunk and keeps changing the message it writes;
 * what is shown is a copy made at most once a frame. A chunk costs the same however long the text and the chat are.
 */
export class ChatMessageStore implements ChatStore {
  readonly seed: ChatStore['seed']
  readonly #schedule: FrameScheduler
  readonly #isPaced: () => boolean
  readonly #pace = createMessagePace()
  readonly #listeners = new Set<Listener>()
  readonly #listenersOf = new Map<string, Set<Listener>>()

  #status: ChatStatus = 'ready'
  #working: ChatMessage[]
  #workingChanged = new Map<string, ChatMessage>()
  #orderChanged = false
  #catchingUp: { id: string; length: number } | undefined

  #shownIds: readonly string[]
  #shown: Map<string, ChatMessage>
  #cancelFrame: (() => void) | undefined

  constructor({
    messages,
    schedule,
    isPaced,
  }: {
    messages: readonly ChatMessage[]
    schedule: FrameScheduler
    /** Whether a burst may be spread over some frames; asked at each. */
    isPaced: () => boolean
  }) {
    this.#schedule = schedule
    this.#isPaced = isPaced
    this.#working = [...messages]
    this.#shownIds = messages.map(({ id }) => id)
    this.#shown = new Map(messages.map((message) => [message.id, message]))
    const seedIds = this.#shownIds
    const seedMessages = new Map(this.#shown)
    this.seed = {
      messageIds: seedIds,
      message: (id) => seedMessages.get(id),
      outline: (id) => outlineIn(seedMessages, id),
    }
  }

  // What components read.

  get messageIds(): readonly string[] {
    return this.#shownIds
  }

  message = (id: string): ChatMessage | undefined => this.#shown.get(id)

  outline = (id: string): MessageOutline | undefined => outlineIn(this.#shown, id)

  subscribe = (listener: Listener, messageId?: string): (() => void) => {
    if (messageId === undefined) {
      this.#listeners.add(listener)
      return () => void this.#listeners.delete(listener)
    }
    const listeners = this.#listenersOf.get(messageId) ?? new Set()
    this.#listenersOf.set(messageId, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.#listenersOf.get(messageId) === listeners) {
        this.#listenersOf.delete(messageId)
      }
    }
  }

  // What the stream and the session write.

  get status(): ChatStatus {
    return this.#status
  }

  set status(status: ChatStatus) {
    this.#status = status
    if (!this.#isWriting) this.#catchingUp = undefined
    this.#changed()
  }

  get messages(): ChatMessage[] {
    return this.#working
  }

  set messages(messages: ChatMessage[]) {
    this.#working = messages.map((message) => this.#keptOr(message))
    for (const message of this.#working) {
      if (this.#shown.get(message.id) !== message) this.#workingChanged.set(message.id, message)
    }
    this.#orderChanged = true
    this.#changed()
  }

  pushMessage(message: ChatMessage): void {
    this.#working.push(message)
    this.#workingChanged.set(message.id, message)
    this.#orderChanged = true
    this.#changed()
  }

  /** In the place of the one with its id, or at the end. */
  putMessage(message: ChatMessage): void {
    const index = this.#working.findLastIndex(({ id }) => id === message.id)
    if (index < 0) return this.pushMessage(message)
    if (this.#shownIds[index] !== message.id) this.#orderChanged = true
    this.#working[index] = message
    this.#workingChanged.set(message.id, message)
    this.#changed()
  }

  removeMessage(id: string): void {
    this.messages = this.#working.filter((message) => message.id !== id)
  }

  has(id: string): boolean {
    return this.#working.some((message) => message.id === id)
  }

  /** Puts earlier messages in front, and shows them at once. Those that are there already are left as they are. */
  prepend(messages: readonly ChatMessage[]): void {
    const present = new Set(this.#working.map(({ id }) => id))
    const added = messages.filter(({ id }) => !present.has(id))
    for (const message of added) this.#workingChanged.set(message.id, message)
    this.#working = [...added, ...this.#working]
    this.#orderChanged = true
    this.#show()
  }

  /** Shows the message as it stands until a replay of it has caught up, so that nothing shrinks and grows again. */
  catchUp(id: string): void {
    const message = this.#shown.get(id)
    this.#catchingUp = message && { id, length: lengthOf(message) }
  }

  /** What is behind, and what comes in the next moments, is shown as it comes. */
  skipPacing(): void {
    this.#pace.rest()
  }

  get #isWriting(): boolean {
    return this.#status === 'submitted' || this.#status === 'streaming'
  }

  #keptOr(message: ChatMessage): ChatMessage {
    const shown = this.#shown.get(message.id)
    return shown && sameValue(shown, message) ? shown : message
  }

  #changed(): void {
    if (this.#status === 'streaming') this.#showAtFrame()
    else this.#show()
  }

  #showAtFrame(): void {
    if (this.#cancelFrame) return
    let ranAtOnce = false
    const cancel = this.#schedule((now) => {
      ranAtOnce = true
      this.#show(now)
    })
    if (!ranAtOnce) this.#cancelFrame = cancel
  }

  /** Within a frame texts are paced; whatever is shown at another time is shown whole. */
  #show(frameAt?: number): void {
    this.#cancelFrame?.()
    this.#cancelFrame = undefined
    const { changedIds, isBehind } = this.#showMessages(frameAt)
    this.#showOrder()
    if (isBehind) this.#showAtFrame()
    for (const id of changedIds) {
      for (const listener of this.#listenersOf.get(id) ?? []) listener()
    }
    for (const listener of this.#listeners) listener()
  }

  #showMessages(frameAt: number | undefined): { changedIds: string[]; isBehind: boolean } {
    const changedIds: string[] = []
    let isBehind = false
    for (const [id, message] of this.#workingChanged) {
      if (this.#isCatchingUp(message)) continue
      const paced = this.#paced(message, frameAt)
      isBehind ||= paced.isBehind
      if (!paced.isBehind) this.#workingChanged.delete(id)
      const previous = this.#shown.get(id)
      const copy = copyOf({ ...message, parts: paced.parts }, previous)
      keepOutline(copy, previous)
      this.#shown.set(id, copy)
      changedIds.push(id)
    }
    return { changedIds, isBehind }
  }

  #paced(message: ChatMessage, frameAt: number | undefined) {
    if (message.role !== 'assistant') return { parts: message.parts, isBehind: false }
    if (frameAt !== undefined && this.#isPaced()) return this.#pace.show(message, frameAt)
    this.#pace.forget()
    return { parts: message.parts, isBehind: false }
  }

  #isCatchingUp(message: ChatMessage): boolean {
    if (this.#catchingUp?.id !== message.id) return false
    if (lengthOf(message) < this.#catchingUp.length) return true
    this.#catchingUp = undefined
    return false
  }

  #showOrder(): void {
    if (!this.#orderChanged) return
    this.#orderChanged = false
    const ids = this.#working.map(({ id }) => id)
    if (sameValue(ids, this.#shownIds)) return
    const present = new Set(ids)
    for (const id of this.#shownIds) {
      if (present.has(id)) continue
      this.#shown.delete(id)
      this.#workingChanged.delete(id)
    }
    this.#shownIds = ids
  }
}

function outlineIn(
  messages: ReadonlyMap<string, ChatMessage>,
  id: string,
): MessageOutline | undefined {
  const message = messages.get(id)
  return message && shownOutline(message)
}

/** A copy that later writes don't reach. Parts that have not changed since `previous` are its own. */
function copyOf(message: ChatMessage, previous: ChatMessage | undefined): ChatMessage {
  const parts = message.parts.map((part, index) => {
    const previousPart = previous?.parts[index]
    return previousPart && samePart(previousPart, part) ? previousPart : { ...part }
  })
  return { ...message, parts }
}

function samePart(left: MessagePart, right: MessagePart): boolean {
  const leftEntries = Object.entries(left)
  const rightValues = new Map(Object.entries(right))
  return (
    leftEntries.length === rightValues.size &&
    leftEntries.every(([name, value]) => rightValues.get(name) === value)
  )
}

/** Characters of text and reasoning. */
function lengthOf({ parts }: ChatMessage): number {
  return parts.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0)
}
