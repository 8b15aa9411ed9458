import { createListApi } from '../api/list-api'
import { browserEnvironment } from '../browser/browser-environment'
import { createChatListStore } from './chat-list-store'
import { shownList } from './shown-list'

export const listApi = createListApi(browserEnvironment.fetch)

export const tabList = createChatListStore({ api: listApi })

shownList.install(tabList)
