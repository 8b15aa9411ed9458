import { type ComponentType, lazy, type LazyExoticComponent } from 'react'

type Module<Props> = { default: ComponentType<Props> }
type Load = () => Promise<unknown>
type Options<Props> = {
  /** Where the network is gone when the part is needed: nothing, unless said. */
  fallback?: ComponentType<Props>
  /** What tells of failures comes at the first use, for it is needed when nothing can be loaded. */
  tellsFailure?: boolean
}

const ofFailures = new Set<Load>()
const others = new Set<Load>()

/**
 * A component that is loaded when it is first shown. Where the network is gone just then the page goes on without it; an
 * error page for a menu that did not open would be worse.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<Module<Props>>,
  { fallback = Nothing, tellsFailure = false }: Options<Props> = {},
): LazyExoticComponent<ComponentType<Props>> {
  const parts = tellsFailure ? ofFailures : others
  parts.add(load)
  return lazy(() =>
    load()
      .catch(load)
      .catch((): Module<Props> => ({ default: fallback })),
  )
}

/**
 * Once somebody uses the page, all parts come, so that they are there when the network is not: one after the other, for a
 * browser has six connections, and in the pauses of that use, which they would slow down: `whenQuiet` calls in the next.
 */
export function loadPartsOnFirstUse(whenQuiet: (act: () => void) => unknown): () => void {
  const abort = new AbortController()
  const options = { signal: abort.signal, capture: true, passive: true }
  const loadAll = async () => {
    abort.abort()
    for (const load of ofFailures) await load().catch(() => undefined)
    for (const load of others) {
      await new Promise<void>((resolve) => void whenQuiet(resolve))
      await load().catch(() => undefined)
    }
  }
  document.addEventListener('pointerdown', () => void loadAll(), options)
  document.addEventListener('keydown', () => void loadAll(), options)
  return () => abort.abort()
}

function Nothing(): null {
  return null
}
