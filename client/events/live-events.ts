import type { LiveEvent } from '@/shared/chat/live-event'
import { readEventFeed, type EventFeedOptions } from './event-feed'
import type { TabMessage } from './tab-message'

/** What all tabs but the teller hear; see `openTabChannel`. */
export type TabChannel = {
  tell: (message: unknown) => void
  listen: (listener: (message: unknown) => void) => void
  close: () => void
}

export type LiveEventsOptions = EventFeedOptions & {
  /** Missing where the page is not a secure context: then every visible tab holds a feed of its own. */
  locks: Pick<LockManager, 'request'> | undefined
  openChannel: ((name: string) => TabChannel) | undefined
  /** Called in the one tab that holds the feed. */
  onFirstHand?: (event: LiveEvent) => void
}

export function openTabChannel(name: string): TabChannel {
  const channel = new BroadcastChannel(name)
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) => channel.addEventListener('message', ({ data }) => listener(data)),
    close: () => channel.close(),
  }
}

const sharedName = 'rivulet-live-events'

/**
 * One feed for all tabs of a browser, because HTTP/1.1 allows six connections an origin (docs/protocol.md § 4): the tab
 * that gets the lock holds it and tells the others. Returns what ends it. In the back/forward cache nothing is held.
 */
export function startLiveEvents(options: LiveEventsOptions): () => void {
  const { page } = options
  let part = page.suspended() ? undefined : takePart(options)

  const unsubscribe = page.subscribe((pageSignal) => {
    const letsGo = pageSignal === 'hide' || (pageSignal === 'conceal' && !isShared(options))
    if (letsGo) part?.abort()
    if (pageSignal === 'wake' && (!part || part.signal.aborted)) part = takePart(options)
  })

  return () => {
    unsubscribe()
    part?.abort()
  }
}

/** Without a channel the others would hear nothing from the tab that holds the feed. */
function isShared({ locks, openChannel }: LiveEventsOptions): boolean {
  return locks !== undefined && openChannel !== undefined
}

/** Its signal is aborted when it has ended, by itself or from outside. */
function takePart(options: LiveEventsOptions): AbortController {
  const { locks, openChannel, onConnected, onEvent, page } = options
  const part = new AbortController()
  const channel = openChannel?.(sharedName)
  part.signal.addEventListener('abort', () => channel?.close(), { once: true })

  function receive(message: TabMessage) {
    if (message.type === 'connected') onConnected()
    else onEvent(message.event)
  }

  function tell(message: TabMessage) {
    receive(message)
    if (!part.signal.aborted) channel?.tell(message)
  }

  async function hear(heard: unknown) {
    const { tabMessageSchema } = await import('./tab-message')
    const message = tabMessageSchema.safeParse(heard)
    if (message.success && !part.signal.aborted) receive(message.data)
  }

  channel?.listen((heard) => void hear(heard).catch(() => undefined))

  const read = () =>
    readEventFeed(
      {
        ...options,
        onConnected: () => tell({ type: 'connected' }),
        onEvent: (event) => {
          tell({ type: 'event', event })
          options.onFirstHand?.(event)
        },
      },
      part.signal,
    )

  void hold().catch(() => undefined)
  async function hold() {
    if (locks && isShared(options)) await locks.request(sharedName, { signal: part.signal }, read)
    else if (page.visible()) await read()
    part.abort()
  }
  return part
}
