import { organiser } from '@/client/chats/organiser'
import { batchMax } from '@/shared/chat/batch'

/** Selecting rows by Ctrl or ⌘ and Shift with clicks, and by Shift with arrows. Answers what ends it. */
export function watchSelecting(nav: HTMLElement): () => void {
  let anchor: string | undefined
  const abort = new AbortController()
  const options = { capture: true, signal: abort.signal }

  nav.addEventListener('click', onClick, options)
  nav.addEventListener('keydown', onKeyDown, options)
  // Before a drawer around the list, which would close.
  window.addEventListener('keydown', onEscape, options)
  return () => abort.abort()

  function onClick(event: MouseEvent) {
    const chatId = rowOf(event.target, 'a')
    const { selected } = organiser.get()
    const asks = event.ctrlKey || event.metaKey || event.shiftKey
    if (chatId === undefined || event.button !== 0 || (!asks && !selected)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.shiftKey) selectTo(chatId)
    else toggle(chatId)
  }

  function onKeyDown(event: KeyboardEvent) {
    const chatId = rowOf(event.target, 'a')
    if (chatId !== undefined && event.key === ' ' && organiser.get().selected) {
      event.preventDefault()
      return toggle(chatId)
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (chatId === undefined || step === undefined || event.altKey || event.ctrlKey) return
    const links = rowLinks(nav)
    const next = links[links.findIndex((link) => rowOf(link) === chatId) + step]
    const nextId = next && rowOf(next)
    if (!next || nextId === undefined) return
    event.preventDefault()
    next.focus()
    if (!event.shiftKey) return
    anchor ??= chatId
    if (!organiser.get().selected) select([chatId])
    selectTo(nextId)
  }

  function toggle(chatId: string) {
    anchor = chatId
    const selected = new Set(organiser.get().selected)
    if (!selected.delete(chatId)) selected.add(chatId)
    select(selected)
  }

  /** All rows from where selecting began. */
  function selectTo(chatId: string) {
    const ids = rowLinks(nav).map((link) => rowOf(link) ?? '')
    const from = anchor === undefined ? -1 : ids.indexOf(anchor)
    const to = ids.indexOf(chatId)
    anchor ??= chatId
    const [first, last] = from < 0 ? [to, to] : [Math.min(from, to), Math.max(from, to)]
    select([...(organiser.get().selected ?? []), ...ids.slice(first, last + 1)])
  }
}

/** A request may name so many chats and no more. */
function select(chatIds: Iterable<string>): void {
  organiser.set({ selected: new Set([...new Set(chatIds)].slice(0, batchMax)) })
}

function onEscape(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || !organiser.get().selected) return
  if (document.querySelector('[role="menu"]')) return
  event.preventDefault()
  event.stopPropagation()
  organiser.set({})
}

function rowLinks(nav: HTMLElement): HTMLElement[] {
  return [...nav.querySelectorAll<HTMLElement>('[data-chat] > a')]
}

/** The chat of the row that this is in, or of the part of a row that is asked for. */
function rowOf(target: EventTarget | null, part?: string): string | undefined {
  if (!(target instanceof Element) || (part && !target.closest(part))) return undefined
  return target.closest<HTMLElement>('[data-chat]')?.dataset['chat']
}
