import { createListApi } from '../api/list-api'
import { browserEnvironment } from '../browser/browser-environment'
import { chatList } from './chat-list'
import { createChatListStore } from './chat-list-store'

export const listApi = createListApi(browserEnvironment.fetch)

export const tabList = createChatListStore({ api: listApi })

chatList.install(tabList)
