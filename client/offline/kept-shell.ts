import { emptySidebar } from '@/shared/chat/empty-sidebar'
import type { SidebarPages } from '@/shared/chat/chat-summary'
import type { ModelCatalog } from '@/shared/models/model-catalog'
import { userSettingsSchema, type UserSettings } from '@/shared/settings/user-settings'
import { modelCatalogSchema, sidebarSchema } from '../api/answers'
import { deviceAnswers } from './device-answers'
import { modelsPath, settingsPath, sidebarPath } from './kept-paths'

export type KeptShell = { pages: SidebarPages; catalog: ModelCatalog; settings: UserSettings }

/** What stands around the chats, as this device has kept it; nothing when it has kept nothing for its user. */
export async function readKeptShell(): Promise<KeptShell | undefined> {
  const [pages, catalog, settings] = await Promise.all([
    deviceAnswers.read(sidebarPath, sidebarSchema),
    deviceAnswers.read(modelsPath, modelCatalogSchema),
    deviceAnswers.read(settingsPath, userSettingsSchema),
  ])
  return catalog && settings && { pages: pages ?? emptySidebar, catalog, settings }
}
