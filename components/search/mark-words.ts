import { parseSearchQuery } from '@/shared/search/search-query'
import { markedText } from '@/shared/search/snippet'

const name = 'found'
const waitMs = 5_000

/**
 * Marks what was looked for in a message, once it is shown, and again where it is drawn anew: the browser paints it, and
 * the page stays as it is. Nothing where the browser cannot.
 */
export function markWords(messageId: string, query: string): void {
  if (!('highlights' in CSS)) return
  const endsAt = Date.now() + waitMs
  let ranges: Range[] = []
  const look = () => {
    if (!ranges[0]?.startContainer.isConnected) {
      const message = document.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`)
      ranges = message ? rangesIn(message, query) : []
      CSS.highlights.set(name, new Highlight(...ranges))
    }
    if (Date.now() < endsAt) requestAnimationFrame(look)
  }
  look()
}

function rangesIn(element: Element, query: string): Range[] {
  const terms = parseSearchQuery(`${query} `)
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  const found: Range[] = []
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    for (const [start, end] of markedText(node.textContent ?? '', terms).ranges) {
      const range = new Range()
      range.setStart(node, start)
      range.setEnd(node, end)
      found.push(range)
    }
  }
  return found
}
