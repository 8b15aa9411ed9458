import { browserEnvironment } from '../browser/browser-environment'
import { createChatListStore } from './chat-list-store'

/** The one list of this tab. */
export const chatList = createChatListStore({ api: browserEnvironment.api })
