import { useSyncExternalStore } from 'react'

/** What somebody is just doing to the list, in this tab. */
export type OrganiserState = {
  /** Chats that are selected; nothing while nobody selects. */
  readonly selected?: ReadonlySet<string> | undefined
  /** A folder is being named, for these chats. */
  readonly newFolderFor?: readonly string[] | undefined
}

let state: OrganiserState = {}
const listeners = new Set<() => void>()

export const organiser = {
  get: () => state,
  set: (next: OrganiserState) => {
    state = next
    for (const listener of listeners) listener()
  },
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
}

export function useOrganiser<Value>(select: (state: OrganiserState) => Value): Value {
  return useSyncExternalStore(
    organiser.subscribe,
    () => select(state),
    () => select({}),
  )
}
