import type { Folder } from '@/shared/chat/chat-summary'
import { sameValue } from '../chat/same-value'

export type FolderChange = (folders: readonly Folder[]) => readonly Folder[]

/** The folders as the server has them, with the changes laid over them that it has not confirmed yet. */
export class FolderList {
  readonly #changes: FolderChange[] = []
  readonly #onOthers: () => void
  #known: readonly Folder[] = []
  #shown: readonly Folder[] = []

  /** `onOthers` is told when a folder was added or is gone, not when one was renamed or moved. */
  constructor({ onOthers }: { onOthers: () => void }) {
    this.#onOthers = onOthers
  }

  get shown(): readonly Folder[] {
    return this.#shown
  }

  shows(folderId: string): boolean {
    return includes(this.#shown, folderId)
  }

  /** Answers which folders are gone. */
  take(folders: readonly Folder[]): string[] {
    const gone = this.#known.filter(({ id }) => !includes(folders, id))
    this.#known = folders
    this.#show()
    return gone.map(({ id }) => id)
  }

  /** Answers what takes the change off again. */
  lay(change: FolderChange): () => void {
    this.#changes.push(change)
    this.#show()
    return () => {
      this.#changes.splice(this.#changes.indexOf(change), 1)
      this.#show()
    }
  }

  #show(): void {
    const before = this.#shown
    const shown = this.#changes.reduce((folders, change) => change(folders), this.#known)
    if (sameValue(shown, before)) return
    this.#shown = shown
    const isSameSet = before.length === shown.length && before.every(({ id }) => this.shows(id))
    if (!isSameSet) this.#onOthers()
  }
}

function includes(folders: readonly Folder[], folderId: string): boolean {
  return folders.some(({ id }) => id === folderId)
}
