/** Looked for when a page is opened, and as often as this while it stays open. */
const updateEveryMs = 60 * 60_000
/**
 * Pages come from the network in any case, so this is enough of waiting for a worker that still has work. Not less: a page
 * that is asked for while one worker hands over to the next can hang in Chromium.
 */
const takeOverMsMax = 5_000

export type ServiceWorkerOptions = {
  /** A new version waits: `takeOver` makes it this page's, which is loaded anew. */
  onUpdate: (takeOver: () => void) => void
}

/** Registers the worker that opens the app without a network. Does nothing where the browser has none. */
export async function startServiceWorker({ onUpdate }: ServiceWorkerOptions): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  await navigator.serviceWorker.register('/sw.js', { scope: '/', updateViaCache: 'none' })
  const registration = await navigator.serviceWorker.ready
  registration.addEventListener('updatefound', () => watch(registration.installing))
  watch(registration.installing)
  tellWaiting()
  setInterval(() => void registration.update().catch(() => undefined), updateEveryMs)

  function watch(worker: ServiceWorker | null) {
    worker?.addEventListener('statechange', tellWaiting)
  }

  function tellWaiting() {
    const { waiting } = registration
    if (!waiting || !navigator.serviceWorker.controller) return
    onUpdate(() => {
      const timer = setTimeout(reload, takeOverMsMax)
      const reloadOnce = () => {
        clearTimeout(timer)
        reload()
      }
      navigator.serviceWorker.addEventListener('controllerchange', reloadOnce, { once: true })
      waiting.postMessage({ type: 'take-over' })
    })
  }
}

/** Has the worker keep what this page was made of, and more. */
export async function keepPageParts(more: readonly string[] = []): Promise<void> {
  const { active } = await navigator.serviceWorker.ready
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name))
  const own = loaded.filter(({ origin }) => origin === window.location.origin)
  const paths = [...new Set(own.map(({ pathname }) => pathname))]
  active?.postMessage({ type: 'keep', paths: [...paths, ...more] })
}

function reload(): void {
  window.location.reload()
}
