/** Looked for when a page is opened, and as often as this while it stays open. */
const updateEveryMs = 60 * 60_000
/** A worker that still has work hands over later; pages come from the network in any case. */
const takeOverMsMax = 500

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
      navigator.serviceWorker.addEventListener('controllerchange', reload, { once: true })
      waiting.postMessage({ type: 'take-over' })
      setTimeout(reload, takeOverMsMax)
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
