import { isSelectingIn } from '../scroll/selection'
import type { KeyedFlags } from './keyed-flags'

export type NearMessages = {
  /** Watches a stretch of messages; answers how to let go of it. */
  watch: (stretch: HTMLElement) => () => void
  stop: () => void
}

/** In screens above and below what is seen: from where on messages are rendered, and from where on no more. */
const renderedWithin = 1
const keptWithin = 3
const usesPage = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const

/**
 * Decides which messages are rendered: those near the view. One a frame, the nearest first, so that scrolling past many
 * of them costs no long task. Until somebody uses the page it is those in the view alone, so that opening a chat costs
 * what is seen of it.
 */
export function createNearMessages({
  scroller,
  rendered,
  isKept,
}: {
  scroller: HTMLElement
  rendered: KeyedFlags
  /** Messages that are always rendered. */
  isKept: (messageId: string) => boolean
}): NearMessages {
  const near = new Set<Element>()
  const used = new AbortController()
  let frame = 0
  let isUsed = false
  const comes = observe(renderedWithin, (stretch, isWithin) => {
    if (isWithin) near.add(stretch)
    else near.delete(stretch)
    if (isWithin) schedule()
  })
  const goes = observe(keptWithin, (stretch, isWithin) => {
    if (!isWithin) giveUp(stretch)
  })

  // A selection holds up what it is in; it is not to be broken.
  document.addEventListener('selectionchange', schedule, { passive: true })
  scroller.addEventListener('scroll', schedule, { passive: true, signal: used.signal })
  for (const type of usesPage) {
    const options = { passive: true, capture: true, signal: used.signal }
    window.addEventListener(type, use, options)
  }

  function use(): void {
    used.abort()
    isUsed = true
    schedule()
  }

  function schedule(): void {
    if (frame === 0) frame = requestAnimationFrame(renderNext)
  }

  function observe(screens: number, tell: (stretch: Element, isWithin: boolean) => void) {
    return new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) tell(target, isIntersecting)
      },
      { root: scroller, rootMargin: `${screens * 100}% 0px` },
    )
  }

  function renderNext(): void {
    frame = 0
    const waiting = [...near]
      .flatMap(messagesOf)
      .filter(({ id, element }) => !rendered.has(id) && !isSelectingIn(element))
    const next = nearest(waiting)
    if (!next || (!isUsed && distanceOf(next) > 0)) return
    rendered.add(next.id)
    schedule()
  }

  function nearest(messages: NamedMessage[]): NamedMessage | undefined {
    const distances = new Map(messages.map((message) => [message, distanceOf(message)]))
    return messages.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0))[0]
  }

  function distanceOf({ element }: NamedMessage): number {
    const { top, bottom } = scroller.getBoundingClientRect()
    const own = element.getBoundingClientRect()
    return Math.max(0, top - own.bottom, own.top - bottom)
  }

  function giveUp(stretch: Element): void {
    for (const { id, element } of messagesOf(stretch)) {
      if (!isKept(id) && !isInUse(element)) rendered.delete(id)
    }
  }

  return {
    watch(stretch) {
      comes.observe(stretch)
      goes.observe(stretch)
      return () => {
        near.delete(stretch)
        comes.unobserve(stretch)
        goes.unobserve(stretch)
      }
    },
    stop() {
      used.abort()
      document.removeEventListener('selectionchange', schedule)
      cancelAnimationFrame(frame)
      comes.disconnect()
      goes.disconnect()
    },
  }
}

type NamedMessage = { id: string; element: HTMLElement }

function messagesOf(stretch: Element): NamedMessage[] {
  return [...stretch.children].flatMap((element) => {
    const id = element instanceof HTMLElement && element.dataset['messageId']
    return id ? [{ id, element }] : []
  })
}

/** What would be lost with the elements that it is in. */
function isInUse(element: Element): boolean {
  return (
    isSelectingIn(element) ||
    element.contains(document.activeElement) ||
    element.querySelector('[aria-expanded="true"], details[open]') !== null
  )
}
