export type RecentCache<Value> = {
  get(key: string): Value | undefined
  set(key: string, value: Value): void
}

type RecentCacheOptions = {
  /** Of all keys together. */
  sizeMax: number
  /** What a key counts; one when nothing is said. */
  sizeOf?: (key: string) => number
}

/** Keeps what was set or asked for last, up to a size. A key that is larger than that is not kept. */
export function createRecentCache<Value>({
  sizeMax,
  sizeOf = () => 1,
}: RecentCacheOptions): RecentCache<Value> {
  const kept = new Map<string, Value>()
  let size = 0

  function drop(key: string): void {
    if (kept.delete(key)) size -= sizeOf(key)
  }

  function set(key: string, value: Value): void {
    drop(key)
    if (sizeOf(key) > sizeMax) return
    kept.set(key, value)
    size += sizeOf(key)
    for (const oldest of kept.keys()) {
      if (size <= sizeMax) return
      drop(oldest)
    }
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
