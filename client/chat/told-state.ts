/** A state put together from many places, whose listeners hear of it once a change and all that follows from it are made. */
export type ToldState<State> = {
  /** What was told last. */
  readonly now: State
  readonly isHeard: boolean
  subscribe: (listener: () => void) => () => void
  /** Changes made within one another are told as one, and only when a field of the state is another by then. */
  change: (make: () => void) => void
}

/** `read` puts the state together anew. */
export function createToldState<State extends object>(read: () => State): ToldState<State> {
  const listeners = new Set<() => void>()
  let now = read()
  let isChanging = false

  function tell() {
    const next = read()
    if (sameFields(now, next)) return
    now = next
    for (const listener of listeners) listener()
  }

  return {
    get now() {
      return now
    },
    get isHeard() {
      return listeners.size > 0
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change: (make) => {
      if (isChanging) return make()
      isChanging = true
      try {
        make()
      } finally {
        isChanging = false
      }
      tell()
    },
  }
}

function sameFields<State extends object>(left: State, right: State): boolean {
  return Object.entries(left).every(([name, value]) => Reflect.get(right, name) === value)
}
