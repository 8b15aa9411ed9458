/** In browsers without a word for being idle, as Safari: after the page has settled. */
const settledMs = 500

/** Calls once when the page has nothing better to do; answers how to call it off. */
export function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, settledMs)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(act)
  return () => cancelIdleCallback(request)
}
