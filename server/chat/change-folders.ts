import 'server-only'
import type { Folder } from '@/shared/chat/chat-summary'
import { foldersMax } from '@/shared/chat/batch'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'

type OwnFolder = { services: Services; userId: string; folderId: string }

/** Makes a folder under an id that the client may have chosen. Answers all folders, as the others here do. */
export async function createFolder({
  services,
  name,
  ...folder
}: OwnFolder & { name: string }): Promise<Folder[]> {
  const created = await services.db.folders.create({ ...folder, name, now: services.now() })
  if (created === 'too-many')
    throw new AppError(
      'invalid-request',
      `There are ${foldersMax} folders, as many as may be. Delete one first.`,
    )
  if (created === 'taken') throw noFolder()
  return tellFolders(services, folder.userId)
}

export async function changeFolder({
  services,
  name,
  position,
  ...folder
}: OwnFolder & { name?: string | undefined; position?: number | undefined }): Promise<Folder[]> {
  const { folders } = services.db
  if (name !== undefined && !(await folders.rename({ ...folder, name }))) throw noFolder()
  if (position !== undefined && !(await folders.move({ ...folder, position }))) throw noFolder()
  return tellFolders(services, folder.userId)
}

/** Its chats go back to the list. */
export async function removeFolder({ services, ...folder }: OwnFolder): Promise<Folder[]> {
  if (!(await services.db.folders.remove(folder))) throw noFolder()
  return tellFolders(services, folder.userId)
}

export async function requireFolder({ services, userId, folderId }: OwnFolder): Promise<void> {
  const folders = await services.db.folders.list({ userId })
  if (!folders.some(({ id }) => id === folderId)) throw noFolder()
}

async function tellFolders(services: Services, userId: string): Promise<Folder[]> {
  const folders = await services.db.folders.list({ userId })
  services.liveEvents.publish(userId, { type: 'folders-changed', folders })
  return folders
}

function noFolder(): AppError {
  return new AppError('not-found', 'There is no such folder.')
}
