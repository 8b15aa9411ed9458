import type { ChatSummary } from '@/shared/chat/chat-summary'
import { shelfOf, shelves } from '@/shared/chat/shelf'
import { sameValue } from '../chat/same-value'
import { Shelf } from './shelf'

/** What a change that the server has not confirmed yet makes of a chat. */
export type Overlay = Partial<ChatSummary> & { removed?: boolean }

/**
 * Every chat that is known, on the shelf where it is shown: as the server has it, with the changes laid over it that are
 * not confirmed yet. A change costs the same however many chats there are.
 */
export class ChatShelves {
  readonly #hasFolder: (folderId: string) => boolean
  readonly #shelves = new Map<string, Shelf>()
  readonly #known = new Map<string, ChatSummary>()
  readonly #overlays = new Map<string, readonly Overlay[]>()
  readonly #placed = new Map<string, { shelf: Shelf; chat: ChatSummary }>()

  constructor({ hasFolder }: { hasFolder: (folderId: string) => boolean }) {
    this.#hasFolder = hasFolder
  }

  named(name: string): Shelf {
    const found = this.#shelves.get(name)
    if (found) return found
    const shelf = new Shelf()
    this.#shelves.set(name, shelf)
    return shelf
  }

  /** The folders whose chats were loaded. */
  openFolders(): string[] {
    const open = [...this.#shelves].filter(([, { cursor }]) => cursor !== undefined)
    return open.map(([name]) => name).filter((name) => !name.startsWith('@'))
  }

  /** As the server has them, in no order. */
  get all(): Iterable<ChatSummary> {
    return this.#known.values()
  }

  known(chatId: string): ChatSummary | undefined {
    return this.#known.get(chatId)
  }

  shown(chatId: string): ChatSummary | undefined {
    return this.#placed.get(chatId)?.chat ?? this.#withOverlays(chatId)
  }

  isBeingChanged(chatId: string): boolean {
    return this.#overlays.has(chatId)
  }

  set(chat: ChatSummary): void {
    this.#known.set(chat.id, chat)
    this.place(chat.id)
  }

  drop(chatId: string): void {
    this.#known.delete(chatId)
    this.place(chatId)
  }

  /** Puts a chat where it belongs by now. */
  place(chatId: string): void {
    const chat = this.#withOverlays(chatId)
    const shelf = chat && this.#shelfFor(chat)
    const before = this.#placed.get(chatId)
    if (before && chat && before.shelf === shelf && sameValue(before.chat, chat)) return
    if (before) {
      before.shelf.remove(before.chat)
      this.#placed.delete(chatId)
    }
    if (!chat || !shelf?.reaches(chat)) return
    shelf.add(chat)
    this.#placed.set(chatId, { shelf, chat })
  }

  /** Other folders are there, or gone. */
  placeFoldered(): void {
    for (const { id, folderId } of [...this.#known.values()]) if (folderId !== null) this.place(id)
  }

  /** The folder is gone. The order of its chats among those of the list is the server's to say. */
  emptyFolder(name: string): void {
    for (const chat of [...this.#known.values()])
      if (chat.folderId === name) this.set({ ...chat, folderId: null })
    this.#shelves.delete(name)
  }

  /** Answers what takes the change off again. */
  lay(chatIds: readonly string[], overlay: Overlay): () => void {
    for (const id of chatIds) this.#overlays.set(id, [...(this.#overlays.get(id) ?? []), overlay])
    for (const id of chatIds) this.place(id)
    return () => {
      for (const id of chatIds) this.#lift(id, overlay)
      for (const id of chatIds) this.place(id)
    }
  }

  #lift(chatId: string, overlay: Overlay): void {
    const left = this.#overlays.get(chatId)?.filter((each) => each !== overlay) ?? []
    if (left.length > 0) this.#overlays.set(chatId, left)
    else this.#overlays.delete(chatId)
  }

  #withOverlays(chatId: string): ChatSummary | undefined {
    const chat = this.#known.get(chatId)
    const overlays = this.#overlays.get(chatId)
    if (!chat || !overlays) return chat
    const { removed, ...shown } = Object.assign({}, chat, ...overlays) as ChatSummary & Overlay
    return removed ? undefined : shown
  }

  /** A folder that is not known, because it was deleted elsewhere, is none. */
  #shelfFor(chat: ChatSummary): Shelf {
    const name = shelfOf(chat)
    const isGone = name === chat.folderId && !this.#hasFolder(name)
    return this.named(isGone ? shelves.list : name)
  }
}
