import type { PageSignal, PageSignals } from '../stream/page-signals'

export function createFakePage() {
  const listeners = new Set<(signal: PageSignal) => void>()
  let online = true
  let visible = true
  let suspended = false

  const page: PageSignals = {
    online: () => online,
    visible: () => visible,
    suspended: () => suspended,
    resting: () => false,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }

  function tell(signal: PageSignal) {
    if (signal === 'hide') suspended = true
    if (signal === 'wake') suspended = false
    for (const listener of listeners) listener(signal)
  }

  return {
    page,
    wake: () => tell('wake'),
    hide: () => tell('hide'),
    setVisible: (isVisible: boolean) => {
      visible = isVisible
      tell(isVisible ? 'wake' : 'conceal')
    },
    setOnline: (isOnline: boolean) => {
      online = isOnline
      tell(isOnline ? 'wake' : 'offline')
    },
    get listenerCount() {
      return listeners.size
    },
  }
}
