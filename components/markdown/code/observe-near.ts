type Listener = (near: boolean) => void

/** Ahead of the view, so that colours stand there before their lines scroll in. */
const margin = '1000px'
const listeners = new WeakMap<Element, Listener>()
let observer: IntersectionObserver | undefined

/** Tells when an element comes near the view and when it is far again. The answer ends it. */
export function observeNear(element: Element, listener: Listener): () => void {
  // A root's margin does not reach into boxes that scroll; `scrollMargin` does, in browsers that know it.
  const options = { rootMargin: margin, scrollMargin: margin }
  observer ??= new IntersectionObserver(tell, options)
  listeners.set(element, listener)
  observer.observe(element)
  return () => {
    observer?.unobserve(element)
    listeners.delete(element)
  }
}

function tell(entries: IntersectionObserverEntry[]): void {
  for (const { target, isIntersecting } of entries) listeners.get(target)?.(isIntersecting)
}
