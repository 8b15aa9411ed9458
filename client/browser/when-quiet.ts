/** For so long nobody has touched the page: what is not urgent may then be done. */
const quietMs = 2_000
/** In browsers without a word for being idle, as Safari. */
const settledMs = 100

/** Nothing until somebody asks. */
let touchedAt: number | undefined

/**
 * Calls once when nobody has typed, clicked or scrolled for a while and the browser has nothing better to do. Answers how
 * to call it off.
 */
export function whenQuiet(act: () => void): () => void {
  let cancel = look()
  return () => cancel()

  function look(): () => void {
    const left = lastTouch() + quietMs - performance.now()
    if (left <= 0) return whenIdle(act)
    const timer = setTimeout(() => {
      cancel = look()
    }, left)
    return () => clearTimeout(timer)
  }
}

/** The first time it is the page itself that has just come. */
function lastTouch(): number {
  if (touchedAt !== undefined) return touchedAt
  const note = () => (touchedAt = performance.now())
  for (const type of ['keydown', 'pointerdown', 'wheel', 'touchmove']) {
    window.addEventListener(type, note, { capture: true, passive: true })
  }
  return note()
}

function whenIdle(act: () => void): () => void {
  if (typeof requestIdleCallback === 'undefined') {
    const timer = setTimeout(act, settledMs)
    return () => clearTimeout(timer)
  }
  const request = requestIdleCallback(act)
  return () => cancelIdleCallback(request)
}
