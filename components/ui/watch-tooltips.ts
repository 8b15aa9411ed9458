export type TooltipSide = 'top' | 'bottom'
export type ShownTooltip = { target: Element; side: TooltipSide; label: string }

const delayMs = 500
/** One tooltip after the other comes without waiting again. */
const skipMs = 150
/** Time to move the pointer onto the tooltip itself, which then stays (WCAG 1.4.13). */
const graceMs = 100
/** What the mouse rests on or the keyboard has reached. What was pressed has the focus, or has opened something. */
const pointedAt =
  '[data-tooltip]:not([aria-expanded="true"]):is(:hover:not(:focus), :focus-visible)'

/**
 * Tells which tooltip is to be seen: of the button the mouse rests on, or that the keyboard has focused. Escape, a press and
 * scrolling put it away. Touch asks for none. Returns what ends the watching.
 */
export function watchTooltips(show: (tooltip: ShownTooltip | undefined) => void): () => void {
  const abort = new AbortController()
  const options = { signal: abort.signal, capture: true, passive: true }
  let shown: Element | undefined
  let hiddenAt = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined

  function after(milliseconds: number, run: () => void) {
    clearTimeout(timer)
    timer = setTimeout(run, milliseconds)
  }

  function open(target: Element) {
    const label = target.getAttribute('aria-label')
    if (!label || !target.isConnected) return
    shown = target
    show({ target, label, side: target.getAttribute('data-tooltip') === 'top' ? 'top' : 'bottom' })
  }

  function close() {
    clearTimeout(timer)
    if (!shown) return
    shown = undefined
    hiddenAt = performance.now()
    show(undefined)
  }

  function onPointerOver({ target, pointerType }: PointerEvent) {
    if (pointerType === 'touch' || !(target instanceof Element)) return
    if (target.closest('[role="tooltip"]')) return clearTimeout(timer)
    const button = target.closest('[data-tooltip]')
    if (button && button === shown) return clearTimeout(timer)
    if (!button) return shown ? after(graceMs, close) : clearTimeout(timer)
    const waits = !shown && performance.now() - hiddenAt > skipMs
    after(waits ? delayMs : 0, () => open(button))
  }

  function onFocusIn({ target }: FocusEvent) {
    if (!(target instanceof Element)) return
    if (target.matches('[data-tooltip]:focus-visible')) open(target)
    else close()
  }

  /** The watching begins when the page is first used, which may be to get there. */
  function openFirst() {
    const first = document.querySelector(pointedAt)
    if (first) after(delayMs, () => first.matches(pointedAt) && open(first))
  }

  if (window.matchMedia('(hover: hover)').matches) openFirst()
  document.addEventListener('pointerover', onPointerOver, options)
  document.addEventListener('focusin', onFocusIn, options)
  document.addEventListener('focusout', close, options)
  document.addEventListener('pointerdown', close, options)
  document.addEventListener('scroll', close, options)
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && close(), options)
  return () => {
    abort.abort()
    close()
  }
}
