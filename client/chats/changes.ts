import { createChangesApi } from '../api/changes-api'
import { browserEnvironment } from '../browser/browser-environment'
import { createChatChanges } from './chat-changes'
import { chatList } from './chat-list'

/** The changes of this tab's list. */
export const changes = createChatChanges({
  list: chatList,
  api: { ...browserEnvironment.api, ...createChangesApi(browserEnvironment.fetch) },
  now: browserEnvironment.timers.now,
})
