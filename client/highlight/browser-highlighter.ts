import { browserTimers } from '../stream/timers'
import type { HighlightReply } from './highlight-protocol'
import { createHighlighter, type StartWorker } from './highlighter'

const startWorker: StartWorker = ({ reply, failed }) => {
  const worker = new Worker(new URL('./highlight-worker.ts', import.meta.url), {
    type: 'module',
    name: 'highlight',
  })
  worker.addEventListener('message', (event: MessageEvent<HighlightReply>) => reply(event.data))
  worker.addEventListener('error', failed)
  worker.addEventListener('messageerror', failed)
  return {
    post: (request) => worker.postMessage(request),
    terminate: () => worker.terminate(),
  }
}

/** This tab's one highlighter. Importing it does nothing, so server rendering may. */
export const browserHighlighter = createHighlighter({ startWorker, timers: browserTimers })
