import { tabList } from '@/client/chats/tab-list'
import { organiser } from '@/client/chats/organiser'
import { shelves } from '@/shared/chat/shelf'

const dragType = 'application/x-rivulet-chats'

type DragActions = {
  move: (chatIds: readonly string[], folder: { id: string; name: string } | null) => Promise<void>
  pin: (chatIds: readonly string[], pinned: boolean) => Promise<void>
}

/**
 * Rows can be dragged to a folder, to the pinned chats and back to the list; one that is selected takes the others along.
 * What came of it is told as a toast. Menus do the same for keyboards and fingers. Answers what ends it.
 */
export function watchDrags(nav: HTMLElement, { move, pin }: DragActions): () => void {
  const abort = new AbortController()
  const options = { signal: abort.signal }
  let dragged: readonly string[] = []

  nav.addEventListener('dragstart', start, options)
  nav.addEventListener('dragover', over, options)
  nav.addEventListener('drop', drop, options)
  nav.addEventListener('dragend', () => mark(undefined), options)
  nav.addEventListener(
    'dragleave',
    ({ relatedTarget }) => {
      if (!(relatedTarget instanceof Node) || !nav.contains(relatedTarget)) mark(undefined)
    },
    options,
  )
  return () => abort.abort()

  function start({ target, dataTransfer }: DragEvent) {
    const row = target instanceof Element ? target.closest<HTMLElement>('[data-chat]') : null
    const chatId = row?.dataset['chat']
    if (!chatId || !dataTransfer) return
    const { selected } = organiser.get()
    dragged = selected?.has(chatId) ? [...selected] : [chatId]
    dataTransfer.setData(dragType, dragged.join(' '))
    dataTransfer.effectAllowed = 'copyMove'
  }

  function over(event: DragEvent) {
    const target = targetOf(event)
    mark(target)
    if (!target) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'move'
  }

  function drop(event: DragEvent) {
    const shelf = targetOf(event)?.dataset['drop']
    mark(undefined)
    if (shelf === undefined) return
    event.preventDefault()
    organiser.set({})
    if (shelf === shelves.pinned) return void pin(dragged, true)
    const folder = tabList.folders().find(({ id }) => id === shelf)
    if (folder || shelf === shelves.list) void move(dragged, folder ?? null)
  }

  /** Where the rows would land; nothing for what was dragged here from elsewhere. */
  function targetOf({ target, dataTransfer }: DragEvent): HTMLElement | undefined {
    if (!dataTransfer?.types.includes(dragType) || !(target instanceof Element)) return undefined
    return target.closest<HTMLElement>('[data-drop]') ?? undefined
  }

  function mark(target: HTMLElement | undefined) {
    for (const marked of nav.querySelectorAll<HTMLElement>('[data-over]'))
      if (marked !== target) delete marked.dataset['over']
    if (target) target.dataset['over'] = ''
  }
}
