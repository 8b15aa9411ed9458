/**
 * Opens the app where the network does not. It answers two kinds of requests, pages and what builds have named by its
 * content, and looks at no other: what goes to /api, streams above all, passes as if it were not there.
 */
const cacheName = `rivulet-build-${self.build}`
const offlinePage = '/offline'
/** What a proxy says whose server is down. */
const unreachable = new Set([502, 503, 504])

self.addEventListener('install', (event) => event.waitUntil(keepOfflinePage()))

self.addEventListener('activate', (event) => event.waitUntil(takeOver()))

self.addEventListener('message', (event) => {
  if (event.data?.type === 'keep') event.waitUntil(keep(event.data.paths))
  if (event.data?.type === 'take-over') event.waitUntil(self.skipWaiting())
})

self.addEventListener('fetch', (event) => {
  const { method, mode, destination, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== self.location.origin) return
  // A worker reads its parameters from its address, and one that is answered here has that of the answer.
  if (destination === 'worker') return
  if (isOfBuild(pathname)) event.respondWith(ofBuild(event))
  else if (mode === 'navigate' && destination === 'document' && !pathname.startsWith('/api/'))
    event.respondWith(page(event))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  event.waitUntil(openPath(event.notification.data.path))
})

/** In a window that shows it already, else in one that there is, else in a new one. */
async function openPath(path) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const shown = windows.find(({ url }) => new URL(url).pathname === path)
  const [nearest = shown] = windows
  if (!nearest) return self.clients.openWindow(path)
  if (!shown) nearest.postMessage({ type: 'open', path })
  // A browser that lets nobody come to the front shows the chat all the same.
  await (shown ?? nearest).focus().catch(() => undefined)
}

/** Its name changes with its content, so whatever has that name is it. */
function isOfBuild(pathname) {
  return pathname.startsWith('/_next/static/')
}

async function ofBuild({ request }) {
  const kept = await caches.match(request)
  if (kept) return kept
  const response = await fetch(request)
  if (response.ok) await (await caches.open(cacheName)).put(request, response.clone())
  return response
}

async function page({ request, preloadResponse }) {
  try {
    const response = (await preloadResponse) ?? (await fetch(request))
    if (!unreachable.has(response.status)) return response
    return (await caches.match(offlinePage)) ?? response
  } catch (error) {
    const kept = await caches.match(offlinePage)
    if (kept) return kept
    throw error
  }
}

/** The page as it is now, in the language and theme that were chosen last, and all that it names. */
async function keepOfflinePage() {
  const response = await fetch(offlinePage, { cache: 'no-store' })
  if (!response.ok) throw new Error(`The server has no offline page: ${response.status}`)
  const html = await response.clone().text()
  await keep(html.match(/\/_next\/static\/[^"'\\\s?]+/g) ?? [])
  await (await caches.open(cacheName)).put(offlinePage, response)
}

async function keep(paths) {
  const cache = await caches.open(cacheName)
  await Promise.all([...new Set(paths)].filter(isOfBuild).map((path) => keepOne(cache, path)))
  if (paths.includes(offlinePage)) await keepOfflinePage()
}

/** What can't be had now is had when it is first needed. */
async function keepOne(cache, path) {
  if (await cache.match(path)) return
  await cache.add(path).catch(() => undefined)
}

async function takeOver() {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith('rivulet-build-') && name !== cacheName)
  await Promise.all(older.map((name) => caches.delete(name)))
  // The page is asked for while this worker still starts.
  await self.registration.navigationPreload?.enable()
}
