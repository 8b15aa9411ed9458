import { browserEnvironment } from '../browser/browser-environment'
import { createBackOff } from '../stream/back-off'

/** Calls once the server can be reached. Answers how to stop asking it. */
export function whenServerAnswers(act: () => void): () => void {
  const abort = new AbortController()
  void ask(abort.signal).then(() => abort.signal.aborted || act())
  return () => abort.abort()
}

async function ask(signal: AbortSignal): Promise<void> {
  const backOff = createBackOff(browserEnvironment)
  while (!signal.aborted) {
    await backOff.wait({ signal }).catch(() => undefined)
    const response = await fetch('/api/health', { cache: 'no-store', signal }).catch(
      () => undefined,
    )
    if (response?.ok) return
  }
}
