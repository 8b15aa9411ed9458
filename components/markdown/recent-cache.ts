export type RecentCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

/** Keeps what was set or asked for last, `max` of them. */
export function createRecentCache<Value>(max: number): RecentCache<Value> {
  const kept = new Map<string, Value>()

  function set(key: string, value: Value) {
    kept.delete(key)
    kept.set(key, value)
    const [oldest] = kept.keys()
    if (kept.size > max && oldest !== undefined) kept.delete(oldest)
  }

  return {
    get(key) {
      const value = kept.get(key)
      if (value !== undefined) set(key, value)
      return value
    },
    set,
  }
}
