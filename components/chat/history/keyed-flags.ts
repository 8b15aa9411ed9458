/** Which of many keys are set, told to those who wait for one of them. */
export type KeyedFlags = {
  has: (key: string) => boolean
  add: (key: string) => void
  delete: (key: string) => void
  subscribe: (key: string, listener: () => void) => () => void
}

export function createKeyedFlags(initial: Iterable<string>): KeyedFlags {
  const keys = new Set(initial)
  const listeners = new Map<string, Set<() => void>>()

  function tell(key: string): void {
    for (const listener of listeners.get(key) ?? []) listener()
  }

  return {
    has: (key) => keys.has(key),
    add(key) {
      if (keys.has(key)) return
      keys.add(key)
      tell(key)
    },
    delete(key) {
      if (keys.delete(key)) tell(key)
    },
    subscribe(key, listener) {
      const own = listeners.get(key) ?? new Set()
      listeners.set(key, own.add(listener))
      return () => {
        own.delete(listener)
        if (own.size === 0 && listeners.get(key) === own) listeners.delete(key)
      }
    },
  }
}
