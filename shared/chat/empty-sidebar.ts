import type { ChatPage, SidebarPages } from './chat-summary'

export const emptyPage: ChatPage = { chats: [], nextCursor: null }

export const emptySidebar: SidebarPages = {
  list: emptyPage,
  pinned: emptyPage,
  folders: [],
  opened: {},
}
