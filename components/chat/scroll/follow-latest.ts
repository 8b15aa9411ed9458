import { hearIntent, type ReaderIntent } from './reader-intent'
import { createReadingPosition, type ReadingPosition } from './reading-position'
import { isSelectingIn } from './selection'

export type FollowLatest = {
  /** Watches a scrolling element; answers how to let go of it. */
  attach: (scroller: HTMLElement) => () => void
  /** Something has changed its size. Puts the view where it belongs; called before the frame is painted. */
  settle: () => void
  /** Goes to the end and stays there. */
  jump: () => void
  /** Goes to a message and stays there, its beginning at a distance from the upper edge. */
  goTo: (message: Element, below: number) => void
  subscribe: (listener: () => void) => () => void
  /** Whether something is below that the reader does not see. */
  isBelow: () => boolean
  /** Where one reads; nothing at the end. */
  readingAt: () => { id: string; below: number } | undefined
}

/** How near the end counts as at the end, in pixels. */
const endPx = 24

/**
 * Keeps the end of a growing conversation in sight while the reader is there, and otherwise keeps what is read where it
 * is. Any wish to go upward, by wheel, touch, key, scrollbar or selection, ends the first; coming back to the end
 * starts it again. The view is never moved by degrees, so nothing can be overtaken.
 */
export function createFollowLatest(): FollowLatest {
  const listeners = new Set<() => void>()
  let scroller: HTMLElement | undefined
  let position: ReadingPosition | undefined
  let intent: ReaderIntent | undefined
  let following = true
  let below = false

  function gap(): number {
    return scroller ? scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop : 0
  }

  function tell(): void {
    const isBelow = !following && gap() > endPx
    if (isBelow === below) return
    below = isBelow
    for (const listener of listeners) listener()
  }

  function stay(): void {
    if (!following) return
    position?.acceptTop()
    position?.take()
  }

  function letGo(): void {
    if (!scroller || scroller.scrollHeight <= scroller.clientHeight) return
    stay()
    following = false
    tell()
  }

  function settle(): void {
    if (!scroller || !position) return
    if (following && isSelectingIn(scroller)) letGo()
    if (following && !intent?.isHolding()) position.moveTo(scroller.scrollHeight)
    else position.keep()
    tell()
  }

  function onScroll(): void {
    if (!scroller || !position) return
    if (isCutShort(scroller, position.top)) return settle()
    const moved = scroller.scrollTop - position.top
    if (Math.abs(moved) > 1) onMoved(moved)
    tell()
  }

  function onMoved(moved: number): void {
    if (!position) return
    const wasFollowing = following
    position.acceptTop()
    if (moved > 0 && gap() <= endPx) following = true
    else if (moved < 0 && gap() > 1) following = false
    // Since the last frame something above may have grown already.
    if (!wasFollowing) position.keep()
    if (!following) position.take()
  }

  return {
    attach(element) {
      const abort = new AbortController()
      scroller = element
      position = createReadingPosition(element)
      intent = hearIntent(
        element,
        { onHold: stay, onUpward: letGo, onRelease: settle },
        abort.signal,
      )
      following = true
      element.addEventListener('scroll', onScroll, { passive: true, signal: abort.signal })
      settle()
      return () => {
        abort.abort()
        scroller = undefined
        position = undefined
      }
    },
    settle,
    jump() {
      following = true
      settle()
    },
    goTo(message, distance) {
      following = false
      position?.pin(message, distance)
      if (gap() <= 1) following = true
      tell()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isBelow: () => below,
    readingAt: () => (following ? undefined : position?.message()),
  }
}

/** Whether the view is where it is because the conversation has become shorter: its end has taken the view upward. */
function isCutShort(scroller: HTMLElement, top: number): boolean {
  const most = scroller.scrollHeight - scroller.clientHeight
  return top - most > 1 && most - scroller.scrollTop < 1
}
