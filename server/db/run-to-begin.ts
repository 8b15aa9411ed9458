import 'server-only'
import type { ChatSettings } from '@/shared/chat/chat-settings'
import type { ChatMessage } from '@/shared/chat/message'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { RunRow } from './run-row'

/** What to answer, and who writes it. `now` is in milliseconds since the epoch, UTC. */
export type BeginRun = {
  userId: string
  chatId: string
  runId: string
  /** The id of the answer, should the run make a new one. */
  answerId: string
  /** The same key again attaches to the run it began, instead of beginning another. */
  requestKey: string
  /** The process that will write. */
  instance: string
  model: ModelRef
  now: number
  /** When the request came, if it has waited: a run that the same request began since is the one it wants. */
  askedAt?: number | undefined
} & (
  | {
      kind: 'submit'
      message: { id: string; text: string }
      /** The message that it follows, `null` for the beginning of the chat; left out, the end of the selected branch. */
      parentId?: string | null | undefined
      title: string
      /** Of the chat, should the message be its first. */
      settings?: ChatSettings | undefined
    }
  /** A new answer beside the one named, or to the user's message named; without an id, to the end of the branch. */
  | { kind: 'regenerate'; messageId?: string | undefined }
  /** The same answer is written on. */
  | { kind: 'continue'; messageId: string }
  /** One more answer to the user's message named, whatever else is being written; the selected branch stays. */
  | { kind: 'compare'; messageId: string }
)

export type BeginOutcome =
  /** `history` ends with the user's message to answer; for `continue`, with the answer kept so far. */
  | { status: 'started'; run: RunRow; history: ChatMessage[]; created: boolean }
  | { status: 'attached'; run: RunRow }
  | { status: 'busy'; runId: string }
  /** The chat or the message is unknown, removed or somebody else's. */
  | { status: 'not-found' }
