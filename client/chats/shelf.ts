import type { ChatPage, ChatSummary } from '@/shared/chat/chat-summary'
import { indexFor, latestFirst } from './chat-order'

/** One of the sidebar's lists: `shared/chat/shelf.ts` says which there are. */
export type ShelfSnapshot = {
  /** The latest first. */
  readonly chats: readonly ChatSummary[]
  readonly hasMore: boolean
  readonly loadingMore: boolean
}

/** A list of chats in order, as far down as it was loaded. */
export class Shelf {
  readonly #chats: ChatSummary[] = []
  #cursor: string | null | undefined
  /** The last chat of the pages that were loaded. */
  #last: ChatSummary | undefined
  #loading: Promise<void> | undefined
  #snapshot: ShelfSnapshot | undefined

  get chats(): readonly ChatSummary[] {
    return this.#chats
  }

  /** Where the next page begins; `null` at the end, `undefined` before the first. */
  get cursor(): string | null | undefined {
    return this.#cursor
  }

  /** The same object until something of it changes. */
  get snapshot(): ShelfSnapshot {
    this.#snapshot ??= {
      chats: [...this.#chats],
      hasMore: this.#cursor !== null,
      loadingMore: this.#loading !== undefined,
    }
    return this.#snapshot
  }

  /** Whether a chat belongs in the loaded part. What stands below it comes with the next page, never out of turn. */
  reaches(chat: ChatSummary): boolean {
    return !this.#cursor || !this.#last || latestFirst(this.#last, chat) >= 0
  }

  add(chat: ChatSummary): void {
    this.#chats.splice(indexFor(this.#chats, chat), 0, chat)
    this.#snapshot = undefined
  }

  remove(chat: ChatSummary): void {
    this.#chats.splice(indexFor(this.#chats, chat), 1)
    this.#snapshot = undefined
  }

  /** The page was loaded: the list goes down to its end. */
  extendTo({ nextCursor, chats }: ChatPage): void {
    this.#cursor = nextCursor
    this.#last = chats.at(-1) ?? this.#last
    this.#snapshot = undefined
  }

  /** Its next page is its first again. */
  startOver(): void {
    this.#cursor = undefined
    this.#snapshot = undefined
  }

  /** Runs one load at a time; `onChange` is told when it begins and when it has ended. */
  load(run: () => Promise<void>, onChange: () => void): Promise<void> {
    if (this.#loading) return this.#loading
    this.#loading = run().finally(() => {
      this.#loading = undefined
      this.#snapshot = undefined
      onChange()
    })
    this.#snapshot = undefined
    onChange()
    return this.#loading
  }
}
