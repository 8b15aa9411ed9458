import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

type Module<Props> = { default: ComponentType<Props> }

const loads = new Set<() => Promise<unknown>>()

/**
 * A component that is loaded when it is first shown. Where the network is gone just then the page goes on without it, with
 * `fallback` in its place; an error page for a menu that did not open would be worse.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<Module<Props>>,
  fallback: ComponentType<Props> = Nothing,
): LazyExoticComponent<ComponentType<Props>> {
  loads.add(load)
  return lazy(() =>
    load()
      .catch(load)
      .catch((): Module<Props> => ({ default: fallback })),
  )
}

/**
 * Once somebody uses the page, all parts come, so that they are there when the network is not: one after the other, for
 * what that use itself asks of the server comes first, and a browser has six connections.
 */
export function loadPartsOnFirstUse(): () => void {
  const abort = new AbortController()
  const options = { signal: abort.signal, capture: true, passive: true }
  const loadAll = async () => {
    abort.abort()
    for (const load of loads) await load().catch(() => undefined)
  }
  document.addEventListener('pointerdown', () => void loadAll(), options)
  document.addEventListener('keydown', () => void loadAll(), options)
  return () => abort.abort()
}

function Nothing(): null {
  return null
}
