export type PageProbe = {
  /** Since the navigation began, or since the link was followed; nothing until then. */
  interactiveMs: number | undefined
  longestTaskMs: number
  slowestEventMs: number
}

declare global {
  interface Window {
    probe: PageProbe
  }
}

/** For a chat that opens: by the navigation itself, or by a link to it that is on the page. */
export type Opening = { lastWords: string; link?: string }

/**
 * Runs in the page before anything else of it, and again for a link to follow. Reaches for nothing outside of itself: its
 * source is what is sent.
 */
export function installProbe({ lastWords, link }: Opening): void {
  const probe: PageProbe = { interactiveMs: undefined, longestTaskMs: 0, slowestEventMs: 0 }
  window.probe = probe
  const startedAt = link === undefined ? 0 : performance.now()

  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      probe.longestTaskMs = Math.max(probe.longestTaskMs, duration)
  }).observe({ type: 'longtask', buffered: true })
  // TypeScript does not know the threshold yet.
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries())
      probe.slowestEventMs = Math.max(probe.slowestEventMs, duration)
  }).observe({ type: 'event', ...{ durationThreshold: 16 } })

  function isListening(): boolean {
    const composer = document.querySelector('textarea')
    return Object.keys(composer ?? {}).some((key) => key.startsWith('__react'))
  }

  function isAtEnd(): boolean {
    const conversation = document.querySelector('#conversation')
    if (!conversation) return false
    const { scrollTop, scrollHeight, clientHeight } = conversation
    return scrollHeight - clientHeight - scrollTop < 2
  }

  function look(): void {
    const ready =
      isListening() &&
      isAtEnd() &&
      document.querySelector('#conversation')?.textContent?.includes(lastWords)
    if (!ready) return void requestAnimationFrame(look)
    requestIdleCallback(() => {
      probe.interactiveMs = performance.now() - startedAt
    })
  }
  if (link !== undefined) document.querySelector<HTMLElement>(`a[href="${link}"]`)?.click()
  requestAnimationFrame(look)
}
