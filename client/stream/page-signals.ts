import { browserTimers, type Timers } from './timers'

/**
 * What happens to the page that matters to connections. `wake`: the network or the page came back, try at once.
 * `conceal`: the tab is in the background. `hide`: the page goes into the back/forward cache or away, or has been in the
 * background for a while where connections are few: let them go. `offline`: the network went.
 */
export type PageSignal = 'wake' | 'conceal' | 'hide' | 'offline'

export type PageSignals = {
  /** Whether the browser believes it has a network. */
  online: () => boolean
  visible: () => boolean
  /** True from `hide` until the page is shown again. */
  suspended: () => boolean
  /** Whether that is because it is in the background, and not because it was left. */
  resting: () => boolean
  subscribe: (listener: (signal: PageSignal) => void) => () => void
}

/** The part of the window that is used. */
type Page = Listenable & {
  document: Listenable & { visibilityState: string }
  navigator: { onLine: boolean }
  performance: { getEntriesByType: (type: 'navigation') => readonly object[] }
}

type Listenable = { addEventListener: (type: string, listener: () => void) => void }

/** Looking something up in another tab keeps the stream; a tab that is left lets it go. */
const concealedMsMax = 10_000

/** The page's own events; where there is no page (on the server) nothing ever happens. */
export function createPageSignals(
  page: Page | undefined,
  timers: Timers = browserTimers,
): PageSignals {
  const listeners = new Set<(signal: PageSignal) => void>()
  let suspended = false
  let resting = false
  let keepConnections = () => {}

  function suspend() {
    suspended = true
    tell('hide')
  }

  function rest() {
    resting = true
    suspend()
  }

  function leave() {
    resting = false
    suspend()
  }

  function show() {
    keepConnections()
    suspended = false
    resting = false
    tell('wake')
  }

  function conceal() {
    tell('conceal')
    if (page && hasFewConnections(page)) keepConnections = timers.after(concealedMsMax, rest)
  }

  function tell(signal: PageSignal) {
    for (const listener of listeners) listener(signal)
  }

  page?.addEventListener('online', () => tell('wake'))
  page?.addEventListener('offline', () => tell('offline'))
  page?.addEventListener('pageshow', show)
  page?.addEventListener('pagehide', leave)
  page?.document.addEventListener('visibilitychange', () => {
    if (page.document.visibilityState === 'visible') show()
    else conceal()
  })

  return {
    online: () => page?.navigator.onLine ?? true,
    visible: () => page?.document.visibilityState !== 'hidden',
    suspended: () => suspended,
    resting: () => resting,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

/** The same signals for a connection that is to be kept in the background, as long as `isKept` says so. */
export function exceptResting(page: PageSignals, isKept: () => boolean): PageSignals {
  const goesOn = () => page.resting() && isKept()
  return {
    ...page,
    suspended: () => page.suspended() && !goesOn(),
    subscribe: (listener) =>
      page.subscribe((signal) => (signal === 'hide' && goesOn() ? undefined : listener(signal))),
  }
}

/** Over HTTP/1.1 all tabs of an origin share six connections, so tabs that nobody sees must not hold them. */
function hasFewConnections({ performance }: Page): boolean {
  const [navigation] = performance.getEntriesByType('navigation')
  return (
    navigation !== undefined &&
    'nextHopProtocol' in navigation &&
    navigation.nextHopProtocol === 'http/1.1'
  )
}

export const browserPageSignals = createPageSignals(
  typeof window === 'undefined' ? undefined : window,
)
