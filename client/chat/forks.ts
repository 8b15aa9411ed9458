import { sameValue } from './same-value'
import type { MessagePage } from '@/shared/chat/chat-summary'

/** Which messages have siblings: the other versions of a question, the other answers to it. */
export type Forks = {
  /** All versions of a message, itself among them, oldest first; the same array until it changes. Nothing for an only one. */
  of: (messageId: string) => readonly string[] | undefined
  /** What the server rendered, for hydration. */
  seedOf: (messageId: string) => readonly string[] | undefined
  subscribe: (listener: () => void) => () => void
}

export type ForkStore = Forks & {
  /** What a page says of its messages stands for all that was known of them. */
  take: (page: Pick<MessagePage, 'messages' | 'forks'>) => void
  /** A version more, beside one that is there. */
  add: (beside: string, messageId: string) => void
  remove: (messageId: string) => void
}

type Versions = ReadonlyMap<string, readonly string[]>

export function createForks(seed: Pick<MessagePage, 'messages' | 'forks'> | undefined): ForkStore {
  const listeners = new Set<() => void>()
  const seeded: Versions = new Map(entriesOf(seed?.forks))
  let versions: Versions = seeded

  function become(next: Map<string, readonly string[]>) {
    for (const [id, ids] of next) {
      const before = versions.get(id)
      if (before && sameValue(before, ids)) next.set(id, before)
    }
    versions = next
    for (const listener of listeners) listener()
  }

  function without(messageIds: readonly string[]): Map<string, readonly string[]> {
    const next = new Map(versions)
    for (const id of messageIds) next.delete(id)
    return next
  }

  return {
    of: (messageId) => versions.get(messageId),
    seedOf: (messageId) => seeded.get(messageId),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    take: ({ messages, forks }) => {
      const next = without(messages.map(({ id }) => id))
      for (const [id, ids] of entriesOf(forks)) next.set(id, ids)
      become(next)
    },
    add: (beside, messageId) => {
      const known = versions.get(beside) ?? [beside]
      if (known.includes(messageId)) return
      become(new Map([...versions, ...entriesOf([[...known, messageId]])]))
    },
    remove: (messageId) => {
      const known = versions.get(messageId)
      if (!known) return
      const rest = known.filter((id) => id !== messageId)
      const next = without(known)
      for (const [id, ids] of rest.length > 1 ? entriesOf([rest]) : []) next.set(id, ids)
      become(next)
    },
  }
}

function entriesOf(forks: readonly (readonly string[])[] = []) {
  return forks.flatMap((ids) => ids.map((id) => [id, ids] as const))
}
