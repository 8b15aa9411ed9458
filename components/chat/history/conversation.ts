import type { ChatSession } from '@/client/chat/chat-session'
import { rememberedPlace, rememberPlace } from '@/client/chat/reading-positions'
import { createFollowLatest, type FollowLatest } from '../scroll/follow-latest'
import { createKeyedFlags, type KeyedFlags } from './keyed-flags'
import { createMessageHeights, type MessageHeights } from './message-heights'
import { createNearMessages, type NearMessages } from './near-messages'

/** For the `ref` of an element. */
type Watcher = (element: HTMLElement | null) => (() => void) | undefined

/** What a conversation that is on the screen keeps beside its messages: which are rendered, how high, what is seen. */
export type Conversation = {
  readonly follow: FollowLatest
  /** Which messages are rendered; of the others the text alone stands in the page. */
  readonly rendered: KeyedFlags
  /** How high a message is when it is rendered, in pixels. */
  heightOf: (messageId: string) => number
  attach: Watcher
  watchStretch: Watcher
  watchRendered: Watcher
  /** Brings a message that is in the page to the upper edge of the view, or so far below it. */
  goTo: (messageId: string, below?: number) => void
  /** How far below the upper edge a message begins, in pixels. */
  belowEdge: (messageId: string) => number | undefined
}

/** The end of a conversation is always rendered: the answer being written, and what is said to it. */
export const keptCount = 2
/** What is rendered at first, in pixels by guess: the server cannot know how high a screen is. */
const firstRenderedPx = 1_200
const belowEdgePx = 24
const messagesAround = { before: 2, after: 4 }

export function createConversation(session: ChatSession, openAt: string | undefined): Conversation {
  const { store, chatId } = session
  const follow = createFollowLatest()
  const heights = createMessageHeights()
  const place = placeIn(session)
  const rendered = createKeyedFlags([
    ...lastScreens(session, heights),
    ...around(session, openAt ?? place?.messageId),
  ])
  const stretches = new Set<HTMLElement>()
  const renderedElements = new Set<HTMLElement>()
  let scroller: HTMLElement | undefined
  let near: NearMessages | undefined
  let sizes: ResizeObserver | undefined

  function onResize(entries: ResizeObserverEntry[]): void {
    for (const { target, borderBoxSize } of entries) {
      const [size] = borderBoxSize
      const id = target instanceof HTMLElement && target.dataset['messageId']
      if (!id || !size) continue
      heights.note(id, { width: size.inlineSize, height: size.blockSize })
    }
    follow.settle()
  }

  function elementOf(messageId: string): Element | null | undefined {
    return scroller?.querySelector(`[data-message-id="${CSS.escape(messageId)}"]`)
  }

  function show(messageId: string, below: number): void {
    for (const id of around(session, messageId)) rendered.add(id)
    const element = elementOf(messageId)
    if (element) follow.goTo(element, below)
  }

  function leave(): void {
    const reading = follow.readingAt()
    const last = store.message(store.messageIds.at(-1) ?? '')
    rememberPlace(chatId, reading && { messageId: reading.id, below: reading.below, last })
    if (!reading) session.releaseEarlier()
  }

  return {
    follow,
    rendered,
    heightOf(messageId) {
      const message = store.message(messageId)
      return message ? heights.of(message) : 0
    },
    attach(element) {
      if (!element) return undefined
      scroller = element
      sizes = new ResizeObserver(onResize)
      near = createNearMessages({
        scroller: element,
        rendered,
        isKept: (id) => store.messageIds.slice(-keptCount).includes(id),
      })
      for (const each of [element, ...element.children, ...renderedElements]) sizes.observe(each)
      for (const stretch of stretches) near.watch(stretch)
      const letGo = follow.attach(element)
      if (place) show(place.messageId, place.below)
      return () => {
        leave()
        letGo()
        sizes?.disconnect()
        near?.stop()
        scroller = sizes = near = undefined
      }
    },
    watchStretch(element) {
      if (!element) return undefined
      stretches.add(element)
      const stop = near?.watch(element)
      return () => {
        stretches.delete(element)
        stop?.()
      }
    },
    watchRendered(element) {
      if (!element) return undefined
      renderedElements.add(element)
      sizes?.observe(element)
      return () => {
        renderedElements.delete(element)
        sizes?.unobserve(element)
      }
    },
    goTo: (messageId, below = belowEdgePx) => show(messageId, below),
    belowEdge(messageId) {
      const element = elementOf(messageId)
      if (!scroller || !element) return undefined
      return element.getBoundingClientRect().top - scroller.getBoundingClientRect().top
    },
  }
}

/** Where the chat was left, if nothing has come since. */
function placeIn({ chatId, store }: ChatSession) {
  const place = rememberedPlace(chatId)
  const isSame = place?.last === store.message(store.messageIds.at(-1) ?? '')
  return isSame && place && store.message(place.messageId) ? place : undefined
}

function lastScreens({ store }: ChatSession, heights: MessageHeights): string[] {
  const ids: string[] = []
  let height = 0
  for (const id of store.messageIds.toReversed()) {
    const message = store.message(id)
    if (!message || (height > firstRenderedPx && ids.length >= keptCount)) break
    ids.push(id)
    height += heights.of(message)
  }
  return ids
}

function around({ store }: ChatSession, messageId: string | undefined): readonly string[] {
  const at = messageId === undefined ? -1 : store.messageIds.indexOf(messageId)
  if (at === -1) return []
  return store.messageIds.slice(Math.max(0, at - messagesAround.before), at + messagesAround.after)
}
