import 'server-only'
import type { LiveEvent } from '@/shared/chat/live-event'
import { AppError } from '@/shared/errors/app-error'
import { libraryMax } from '@/shared/presets/limits'
import type { Preset } from '@/shared/presets/preset'
import type { SavedPrompt } from '@/shared/presets/prompt'
import type { Database } from '../db/database'
import type { LibraryQueries } from '../db/library'
import type { Services } from '../services'

/** What a user keeps of one kind. */
type Library<Item extends { id: string }> = {
  queries: (db: Database) => LibraryQueries<Item>
  /** Tells other tabs and devices to ask for it again. */
  changed: LiveEvent
}

export const presetLibrary: Library<Preset> = {
  queries: ({ presets }) => presets,
  changed: { type: 'presets-changed' },
}

export const promptLibrary: Library<SavedPrompt> = {
  queries: ({ prompts }) => prompts,
  changed: { type: 'prompts-changed' },
}

type OwnLibrary<Item extends { id: string }> = {
  services: Pick<Services, 'db' | 'liveEvents' | 'now'>
  userId: string
  library: Library<Item>
}

/** Stores it in the place of the one with its id, or as a new one. Answers all, as the others here do. */
export async function putItem<Item extends { id: string }>({
  item,
  ...own
}: OwnLibrary<Item> & { item: Item }): Promise<Item[]> {
  const { services, userId, library } = own
  const put = await library.queries(services.db).put({ userId, item, now: services.now() })
  if (put === 'too-many')
    throw new AppError(
      'invalid-request',
      `There are ${libraryMax} of them, as many as may be. Delete one first.`,
    )
  return tellChanged(own)
}

/** Chats that began with it keep what they have of it. */
export async function removeItem<Item extends { id: string }>({
  id,
  ...own
}: OwnLibrary<Item> & { id: string }): Promise<Item[]> {
  const { services, userId, library } = own
  if (!(await library.queries(services.db).remove({ userId, id })))
    throw new AppError('not-found', 'There is nothing of this id.')
  return tellChanged(own)
}

async function tellChanged<Item extends { id: string }>({
  services,
  userId,
  library,
}: OwnLibrary<Item>): Promise<Item[]> {
  services.liveEvents.publish(userId, library.changed)
  return library.queries(services.db).list({ userId })
}
