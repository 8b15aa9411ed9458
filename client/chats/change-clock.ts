type Kind = 'chat' | 'run' | 'removal' | 'folders'

/** Orders what was heard against what was asked for: an answer of the server may be older than what was heard while it was on its way. */
export class ChangeClock {
  readonly #last: Record<Kind, Map<string, number>> = {
    chat: new Map(),
    run: new Map(),
    removal: new Map(),
    folders: new Map(),
  }
  #now = 0

  get now(): number {
    return this.#now
  }

  note(kind: Kind, id = ''): void {
    this.#now += 1
    this.#last[kind].set(id, this.#now)
  }

  hasChangedSince(askedAt: number, kind: Kind, id = ''): boolean {
    return (this.#last[kind].get(id) ?? 0) > askedAt
  }
}
