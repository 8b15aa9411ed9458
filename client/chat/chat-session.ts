import type { ChatBeginning } from '@/shared/chat/chat-settings'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import type { Problem } from '@/shared/errors/problem'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ChatStore } from './chat-store'
import type { EarlierStatus } from './earlier-messages'
import type { Forks } from './forks'
import type { ChatChange } from './known-chat'
import type { QueueCell } from './queue/queue-cell'
import type { SessionPhase } from './session-phase'

export type SendOutcome = { status: 'sent' } | { status: 'refused'; problem: Problem }

/** A chat that is open in this tab, whether or not it is on the screen. */
export type ChatSession = {
  readonly chatId: string
  readonly store: ChatStore
  readonly phase: SessionPhase
  /** What the server rendered, for hydration. */
  readonly seedPhase: SessionPhase
  /** Why the chat can't go on, when it is not an answer's own failure: it is gone, or the session has ended. */
  readonly problem: Problem | undefined
  /** The model the chat used last; `null` for a chat that is not stored yet. */
  readonly model: ModelRef | null
  readonly seedModel: ModelRef | null
  /** Whether the branch began before what is loaded of it. */
  readonly earlier: EarlierStatus
  readonly seedEarlier: EarlierStatus
  readonly forks: Forks
  /** Whether an answer is being written on a branch that is not shown. `stop` stops it. */
  readonly isWritingElsewhere: boolean
  /** What waits to be sent by the server, once the answer is done. */
  readonly queue: QueueCell
  /** Told when `phase`, `problem`, `model`, `earlier`, `isWritingElsewhere` or `isComparing` change. Subscribers count as watching: a chat attaches once it is watched. */
  subscribe: (listener: () => void) => () => void
  /** Whether the last answer stands beside others to the same question, and none of them was gone on with yet. */
  readonly isComparing: boolean
  readonly seedComparing: boolean
  /**
   * Resolves when the server has accepted or refused; a refused message is taken out of the list again. The models of
   * `compareWith` answer too, beside the answer of `model`.
   */
  send: (input: {
    text: string
    model?: ModelRef
    compareWith?: readonly ModelRef[]
    /** Of a chat that is not stored yet. */
    begin?: ChatBeginning | undefined
  }) => Promise<SendOutcome>
  /** Sends another version of a message of the user's, beside it. An answer being written in the chat is ended first. */
  edit: (input: { messageId: string; text: string; model?: ModelRef }) => Promise<SendOutcome>
  /** Asks for another answer, beside the one named or to the message named; one being written is ended first. */
  regenerate: (input: { messageId: string; model?: ModelRef }) => Promise<SendOutcome>
  /** Goes on with an answer that was cut; its text is kept. */
  continueAnswer: (input: { messageId: string; model?: ModelRef }) => Promise<SendOutcome>
  /** Asks the server to stop the run and lets its stream end by itself; lets go of it after three seconds. */
  stop: () => Promise<void>
  /**
   * Shows what `load` brings, another branch perhaps: a stream of an answer that is not on it is let go, and the answer
   * goes on. Answers what stood in the way.
   */
  showBranch: (load: (signal: AbortSignal) => Promise<ChatDetail>) => Promise<Problem | undefined>
  /** A branch was selected, here or elsewhere; `undefined`: if any was, it is not known which. */
  noteBranch: (leafId: string | undefined) => void
  /** An answer more is written beside others: looks which there are. */
  noteComparison: () => void
  /** Takes over what the server knows, unless a stream is held or the session knows more; attaches to a run. */
  hydrate: (detail: ChatDetail) => void
  /** Something happened to the chat elsewhere: loads it again, behind a held stream, unless this session saw it itself. */
  noteChange: (change: ChatChange) => void
  /** Puts the page of messages before the oldest one in front of it; one at a time, and none when there are no more. */
  loadEarlier: () => Promise<void>
  /** Loads earlier messages until that one is there. `false`: it is not on this branch, or a page could not be loaded. */
  loadUntil: (messageId: string) => Promise<boolean>
  /** Forgets what `loadEarlier` brought, to be loaded again when it is wanted. */
  releaseEarlier: () => void
  /** Reads no more of the answer that is being written, which goes on: whoever followed it has gone. */
  release: () => Promise<void>
  /** Idle and unwatched: nothing is lost when it is dropped. */
  readonly isDroppable: boolean
}
