/**
 * What happens to the page that matters to connections. `wake`: the network or the page came back, try at once.
 * `conceal`: the tab is in the background. `hide`: the page goes into the back/forward cache or away, let connections go.
 * `offline`: the network went.
 */
export type PageSignal = 'wake' | 'conceal' | 'hide' | 'offline'

export type PageSignals = {
  /** Whether the browser believes it has a network. */
  online: () => boolean
  visible: () => boolean
  /** True between `pagehide` and `pageshow`. */
  suspended: () => boolean
  subscribe: (listener: (signal: PageSignal) => void) => () => void
}

/** The part of the window that is used. */
type Page = Listenable & {
  document: Listenable & { visibilityState: string }
  navigator: { onLine: boolean }
}

type Listenable = { addEventListener: (type: string, listener: () => void) => void }

/** The page's own events; where there is no page (on the server) nothing ever happens. */
export function createPageSignals(page: Page | undefined): PageSignals {
  const listeners = new Set<(signal: PageSignal) => void>()
  let suspended = false

  function tell(signal: PageSignal) {
    for (const listener of listeners) listener(signal)
  }

  page?.addEventListener('online', () => tell('wake'))
  page?.addEventListener('offline', () => tell('offline'))
  page?.addEventListener('pageshow', () => {
    suspended = false
    tell('wake')
  })
  page?.addEventListener('pagehide', () => {
    suspended = true
    tell('hide')
  })
  page?.document.addEventListener('visibilitychange', () => {
    tell(page.document.visibilityState === 'visible' ? 'wake' : 'conceal')
  })

  return {
    online: () => page?.navigator.onLine ?? true,
    visible: () => page?.document.visibilityState !== 'hidden',
    suspended: () => suspended,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

export const browserPageSignals = createPageSignals(
  typeof window === 'undefined' ? undefined : window,
)
