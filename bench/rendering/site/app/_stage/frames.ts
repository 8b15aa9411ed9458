export function stageElement(): HTMLElement {
  const element = document.getElementById('stage')
  if (!element) throw new Error('The page has no stage.')
  return element
}

/** Resolves with the time of the frame, before it is drawn. */
export function nextFrame(): Promise<number> {
  return new Promise((resolve) => {
    requestAnimationFrame(resolve)
  })
}

/** Resolves once the page has nothing more to do just now. */
export function idle(): Promise<void> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(), { timeout: 5_000 })
  })
}

/** Resolves when nothing has changed in the element for so long, with the time at which the last change was drawn. */
export async function untilQuiet(element: Element, quietMs: number): Promise<number> {
  let changedAt = performance.now()
  let drawnAt = changedAt
  const observer = new MutationObserver(() => {
    changedAt = performance.now()
  })
  observer.observe(element, {
    childList: true,
    subtree: true,
    characterData: true,
    attributes: true,
  })
  while (performance.now() - changedAt < quietMs) {
    await nextFrame()
    const changed = changedAt
    await afterDrawing()
    if (changed > drawnAt) drawnAt = performance.now()
  }
  observer.disconnect()
  return drawnAt
}

/** In a task of its own, behind the frame. */
function afterDrawing(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.addEventListener('message', () => resolve(), { once: true })
    port1.start()
    port2.postMessage(undefined)
  })
}
