import { uuidV7 } from '@/shared/chat/uuid-v7'
import { createChatApi } from '../api/chat-api'
import { browserFetch } from '../api/http'
import { browserFrames } from '../stream/frames'
import { browserPageSignals } from '../stream/page-signals'
import { browserTimers } from '../stream/timers'

/** What the stores of this tab work with. Importing it does nothing, so server rendering may. */
export const browserEnvironment = {
  fetch: browserFetch,
  api: createChatApi(browserFetch),
  timers: browserTimers,
  page: browserPageSignals,
  random: Math.random,
  frames: browserFrames,
  /** Nobody watches a hidden page, and who prefers less motion gets text as it comes. */
  isPaced: () =>
    browserPageSignals.visible() &&
    document.documentElement.dataset['motion'] !== 'reduced' &&
    !matchMedia('(prefers-reduced-motion: reduce)').matches,
  newId: () => uuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))),
}

/** State that outlives a render belongs to one browser; on the server it would be shared by all users. */
export const isBrowser = typeof window !== 'undefined'
