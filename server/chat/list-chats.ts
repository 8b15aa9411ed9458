import 'server-only'
import type { ChatPage, SidebarPages } from '@/shared/chat/chat-summary'
import { shelves } from '@/shared/chat/shelf'
import type { Services } from '../services'

export const chatsPerPage = 40

type ListOptions = {
  services: Services
  userId: string
  limit?: number | undefined
  cursor?: string | undefined
  /** One list of the sidebar; without it, all that are not archived. */
  shelf?: string | undefined
}

/** A page of the user's chats, the latest first. */
export function listChats({
  services,
  limit = chatsPerPage,
  ...page
}: ListOptions): Promise<ChatPage> {
  return services.db.chats.list({ ...page, limit })
}

/** The first page of each list that the sidebar shows. Folders that are not the user's are left out. */
export async function loadSidebar({
  services,
  userId,
  openFolderIds = [],
}: {
  services: Services
  userId: string
  openFolderIds?: readonly string[]
}): Promise<SidebarPages> {
  const [folders, list, pinned] = await Promise.all([
    services.db.folders.list({ userId }),
    listChats({ services, userId, shelf: shelves.list }),
    listChats({ services, userId, shelf: shelves.pinned }),
  ])
  const opened = folders
    .filter(({ id }) => openFolderIds.includes(id))
    .map(async ({ id }) => [id, await listChats({ services, userId, shelf: id })] as const)
  return { list, pinned, folders, opened: Object.fromEntries(await Promise.all(opened)) }
}
