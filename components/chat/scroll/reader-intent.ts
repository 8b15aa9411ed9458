type Reactions = {
  /** A finger or a button of the mouse has been put down. */
  onHold: () => void
  /** The reader wants to see what is further up. */
  onUpward: () => void
  /** A finger or a button of the mouse has been lifted. */
  onRelease: () => void
}

export type ReaderIntent = {
  /** Whether a finger or a button holds on to the conversation, be it to scroll or to select. */
  isHolding: () => boolean
}

const upwardKeys = new Set(['ArrowUp', 'PageUp', 'Home'])

/** Hears what a reader wants before the view has moved, so that nothing moves it against them in the same frame. */
export function hearIntent(
  scroller: HTMLElement,
  { onHold, onUpward, onRelease }: Reactions,
  signal: AbortSignal,
): ReaderIntent {
  const options = { passive: true, signal }
  let isPressed = false
  let touches = 0
  let touchY = 0

  scroller.addEventListener('wheel', (event) => isUpwardWheel(event) && onUpward(), options)
  scroller.addEventListener('pointerdown', onPress, options)
  scroller.addEventListener('touchstart', onTouch, options)
  scroller.addEventListener('touchmove', onTouchMove, options)
  for (const type of ['touchend', 'touchcancel'] as const) {
    scroller.addEventListener(type, onTouchEnd, options)
  }
  for (const type of ['pointerup', 'pointercancel', 'blur'] as const) {
    window.addEventListener(type, onLift, options)
  }
  // Before a handler of the element itself: what the reader opens stays under the pointer.
  const first = { ...options, capture: true }
  scroller.addEventListener('click', ({ target }) => unfolds(target) && onUpward(), first)
  document.addEventListener('keydown', onKey, options)
  return { isHolding: () => isPressed || touches > 0 }

  function onPress({ pointerType, button }: PointerEvent) {
    if (pointerType === 'touch' || button !== 0) return
    isPressed = true
    onHold()
  }

  function onLift() {
    if (!isPressed) return
    isPressed = false
    onRelease()
  }

  function onTouch(event: TouchEvent) {
    if (touches === 0) onHold()
    noteTouches(event)
  }

  function onTouchMove(event: TouchEvent) {
    const y = event.touches[0]?.clientY ?? 0
    if (event.touches.length === 1 && y > touchY) onUpward()
    touchY = y
  }

  function onTouchEnd(event: TouchEvent) {
    noteTouches(event)
    if (touches === 0) onRelease()
  }

  /** Counted anew each time: a finger on the edge of the screen may be taken away without an event. */
  function noteTouches(event: TouchEvent) {
    touches = event.touches.length
    touchY = event.touches[0]?.clientY ?? 0
  }

  function onKey(event: KeyboardEvent) {
    const { target, key, shiftKey } = event
    const isHere = target === document.body || (target instanceof Node && scroller.contains(target))
    if (!isHere || isTyping(target)) return
    if (upwardKeys.has(key) || (key === ' ' && shiftKey)) onUpward()
  }
}

/** With Control it zooms, with Shift it goes sideways. */
function isUpwardWheel({ deltaY, ctrlKey, shiftKey }: WheelEvent): boolean {
  return deltaY < 0 && !ctrlKey && !shiftKey
}

function unfolds(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-expanded], summary') !== null
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('textarea, input, [contenteditable]')
}
