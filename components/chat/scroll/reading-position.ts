/** Keeps what is read where it is, while things around it change their size. Works where the browser has no scroll anchoring. */
export type ReadingPosition = {
  /** Where the view is, as far as this page knows; a scroller found elsewhere was moved by its reader. */
  readonly top: number
  /** Takes the element at the upper edge of the view for what is read. */
  take: () => void
  /** Puts an element at a distance below the upper edge, and keeps it there until the next `take`. */
  pin: (element: Element, below: number) => void
  /** Moves the view by as much as what is read has moved in the conversation. */
  keep: () => void
  moveTo: (top: number) => void
  /** The reader has moved the view: it stays where it is. */
  acceptTop: () => void
  /** The message that is read, and how far below the upper edge it begins. */
  message: () => { id: string; below: number } | undefined
}

type Anchor = { element: Element; offset: number }

/** How deep into a message an anchor is looked for. */
const depthMax = 8
const messageSelector = '[data-message-id]'

/**
 * Offsets are counted from the beginning of the conversation, so that scrolling does not change them: what has changed
 * is what something above has grown by.
 */
export function createReadingPosition(scroller: HTMLElement): ReadingPosition {
  let anchors: Anchor[] = []
  let top = scroller.scrollTop

  function offsetOf(element: Element): number {
    const { top: elementTop } = element.getBoundingClientRect()
    return elementTop - scroller.getBoundingClientRect().top + scroller.scrollTop
  }

  function toAnchor(element: Element): Anchor {
    return { element, offset: offsetOf(element) }
  }

  function moveTo(next: number): void {
    top = next
    scroller.scrollTop = next
    // The end is as far as it goes. Within it, the fraction that the screen cannot show is kept for the next move.
    if (Math.abs(scroller.scrollTop - next) > 1) top = scroller.scrollTop
  }

  return {
    get top() {
      return top
    },
    take() {
      anchors = elementsAtEdge(scroller).map(toAnchor)
    },
    pin(element, below) {
      moveTo(offsetOf(element) - below)
      anchors = [toAnchor(element)]
    },
    keep() {
      const anchor = anchors.find(({ element }) => element.isConnected)
      if (!anchor) return
      const moved = offsetOf(anchor.element) - anchor.offset
      if (moved === 0) return
      moveTo(top + moved)
      anchors = anchors
        .filter(({ element }) => element.isConnected)
        .map((kept) => toAnchor(kept.element))
    },
    moveTo,
    acceptTop() {
      top = scroller.scrollTop
    },
    message() {
      const anchor = anchors.find(({ element }) => element.closest(messageSelector))
      const element = anchor?.element.closest<HTMLElement>(messageSelector)
      const id = element?.dataset['messageId']
      return element && id ? { id, below: offsetOf(element) - top } : undefined
    },
  }
}

/**
 * From the finest to the coarsest: the rendered part of a message that crosses the upper edge or comes right below it; the
 * message after it, for parts go away when a message is rendered anew; the message itself.
 */
function elementsAtEdge(scroller: HTMLElement): Element[] {
  const edge = scroller.getBoundingClientRect().top
  const log = scroller.querySelector('[role="log"]')
  const stretch = log && firstBelow(log.children, edge)
  const message = stretch && firstBelow(stretch.children, edge)
  if (!message) return stretch ? [stretch] : []
  const next = message.nextElementSibling
  const bottom = edge + scroller.clientHeight
  const nextIsSeen = next && next.getBoundingClientRect().top < bottom
  return [...partsAtEdge(message, edge), ...(nextIsSeen ? [next] : []), message]
}

function partsAtEdge(message: Element, edge: number): Element[] {
  const parts: Element[] = []
  let around = message
  while (parts.length < depthMax && around.getBoundingClientRect().top < edge) {
    const part = inFlow(firstBelow(around.children, edge))
    if (!part) break
    parts.unshift(part)
    around = part
  }
  return parts
}

/** The element or the next that moves with the text: what sticks to the edge, as the head of a code block, stays behind. */
function inFlow(element: Element | null | undefined): Element | undefined {
  if (!element) return undefined
  const { position } = getComputedStyle(element)
  if (position === 'static' || position === 'relative') return element
  return inFlow(element.nextElementSibling)
}

/** The first of them that ends below the edge. They stand in their order from top to bottom. */
function firstBelow(elements: HTMLCollection, edge: number): Element | undefined {
  let low = 0
  let high = elements.length
  while (low < high) {
    const middle = (low + high) >> 1
    const { bottom } = elements[middle]?.getBoundingClientRect() ?? { bottom: 0 }
    if (bottom > edge) high = middle
    else low = middle + 1
  }
  return elements[low]
}
