export type FollowLatest = {
  /** Watches a scrolling element; answers how to let go of it. */
  attach: (scroller: HTMLElement | null) => (() => void) | undefined
  /** Goes to the end and stays there. */
  jump: () => void
  subscribe: (listener: () => void) => () => void
  /** Whether something is below that the reader does not see. */
  isBelow: () => boolean
}

/** How near the end counts as at the end, in pixels. */
const endPx = 24
const upwardKeys = new Set(['ArrowUp', 'PageUp', 'Home'])

/**
 * Keeps the end of a growing conversation in sight while the reader is there, and never otherwise: any move upward, by
 * wheel, touch, key or scrollbar, ends it; coming back to the end starts it again.
 */
export function createFollowLatest(): FollowLatest {
  const listeners = new Set<() => void>()
  let element: HTMLElement | undefined
  let following = true
  let below = false
  let last = { top: 0, height: 0 }

  function gap(): number {
    return element ? element.scrollHeight - element.clientHeight - element.scrollTop : 0
  }

  function update(): void {
    if (element) last = { top: element.scrollTop, height: element.scrollHeight }
    const isBelow = !following && gap() > endPx
    if (isBelow === below) return
    below = isBelow
    for (const listener of listeners) listener()
  }

  function settle(): void {
    if (following && element) element.scrollTop = element.scrollHeight
    update()
  }

  function letGo(): void {
    if (!element || element.scrollHeight <= element.clientHeight) return
    following = false
    update()
  }

  function onScroll(): void {
    if (!element) return
    const { scrollTop, scrollHeight } = element
    if (scrollTop > last.top && gap() <= endPx) following = true
    else if (scrollTop < last.top - 1 && scrollHeight >= last.height && gap() > 1) following = false
    update()
  }

  function onKey(event: KeyboardEvent): void {
    const inside =
      event.target === document.body ||
      (event.target instanceof Node && element?.contains(event.target))
    if (!inside || isTyping(event.target)) return
    if (upwardKeys.has(event.key) || (event.key === ' ' && event.shiftKey)) letGo()
  }

  function attach(scroller: HTMLElement | null): (() => void) | undefined {
    if (!scroller) return undefined
    element = scroller
    following = true
    const abort = new AbortController()
    const options = { passive: true, signal: abort.signal }
    let touchY = 0
    scroller.addEventListener('scroll', onScroll, options)
    scroller.addEventListener('wheel', (event) => event.deltaY < 0 && letGo(), options)
    scroller.addEventListener(
      'touchstart',
      (event) => (touchY = event.touches[0]?.clientY ?? 0),
      options,
    )
    scroller.addEventListener(
      'touchmove',
      (event) => (event.touches[0]?.clientY ?? 0) > touchY && letGo(),
      options,
    )
    scroller.addEventListener('click', (event) => unfolds(event.target) && letGo(), {
      ...options,
      capture: true,
    })
    document.addEventListener('keydown', onKey, options)
    const resizes = new ResizeObserver(settle)
    resizes.observe(scroller)
    for (const child of scroller.children) resizes.observe(child)
    settle()
    return () => {
      abort.abort()
      resizes.disconnect()
      element = undefined
    }
  }

  return {
    attach,
    jump() {
      following = true
      settle()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isBelow: () => below,
  }
}

/** What the reader opens stays under the pointer, though the conversation grows by it. */
function unfolds(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-expanded], summary') !== null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('textarea, input, [contenteditable]')
}
