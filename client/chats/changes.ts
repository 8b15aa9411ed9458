import { browserEnvironment } from '../browser/browser-environment'
import { createChatChanges } from './chat-changes'
import { listApi, tabList } from './tab-list'

/** The changes of this tab's list. */
export const changes = createChatChanges({
  list: tabList,
  api: { ...browserEnvironment.api, ...listApi },
  now: browserEnvironment.timers.now,
})
