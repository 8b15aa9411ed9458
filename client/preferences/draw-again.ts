const listeners = new Set<() => void>()

/** Asks the server for the page as it is now: in another language, say. */
export function drawAgain(): void {
  for (const listener of listeners) listener()
}

export function onDrawAgain(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
