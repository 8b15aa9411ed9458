import { browserFetch } from '../api/http'
import { isBrowser } from '../browser/browser-environment'
import { deviceUser } from './device-user'
import { createKeptAnswers } from './kept-answers'

/** What this device keeps. */
export const deviceAnswers = createKeptAnswers({
  fetch: browserFetch,
  caches: isBrowser && 'caches' in window ? window.caches : undefined,
  user: deviceUser.get,
})
