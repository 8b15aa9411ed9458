import 'server-only'
import type { Kysely } from 'kysely'
import { foldersMax } from '@/shared/chat/batch'
import type { Folder } from '@/shared/chat/chat-summary'
import type { Connection } from './connection'
import { cleanText } from './json-codec'
import type { Tables } from './schema'
import { ensureUser } from './users'

type FolderOfUser = { userId: string; folderId: string }

/** Somebody else's folder is answered like an unknown one: `false`. */
export type FolderQueries = {
  /** In the order that their user gave them. */
  list(user: { userId: string }): Promise<Folder[]>
  /** Puts a folder at the end. Twice with the same id makes one. */
  create(
    folder: FolderOfUser & { name: string; now: number },
  ): Promise<'created' | 'taken' | 'too-many'>
  rename(change: FolderOfUser & { name: string }): Promise<boolean>
  /** To this place among the user's folders, from 0. */
  move(change: FolderOfUser & { position: number }): Promise<boolean>
  /** Its chats go back to the list. */
  remove(folder: FolderOfUser): Promise<boolean>
}

export function createFolderQueries({ kysely, transaction }: Connection): FolderQueries {
  return {
    list: ({ userId }) => listFolders(kysely, userId),
    create: (folder) => transaction((inside) => createFolder(inside, folder)),
    move: (change) => transaction((inside) => moveFolder(inside, change)),

    async rename({ userId, folderId, name }) {
      const changed = await kysely
        .updateTable('folders')
        .where('id', '=', folderId)
        .where('user_id', '=', userId)
        .set({ name: cleanText(name) })
        .executeTakeFirst()
      return changed.numUpdatedRows > 0n
    },

    async remove({ userId, folderId }) {
      const deleted = await kysely
        .deleteFrom('folders')
        .where('id', '=', folderId)
        .where('user_id', '=', userId)
        .executeTakeFirst()
      return deleted.numDeletedRows > 0n
    },
  }
}

/** From here to the end of the transaction the folder stays. `false` when there is none. */
export async function holdFolder(
  transaction: Kysely<Tables>,
  { userId, folderId }: FolderOfUser,
): Promise<boolean> {
  const held = await transaction
    .updateTable('folders')
    .set((eb) => ({ created_at: eb.ref('created_at') }))
    .where('id', '=', folderId)
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return held.numUpdatedRows > 0n
}

async function listFolders(kysely: Kysely<Tables>, userId: string): Promise<Folder[]> {
  const rows = await kysely
    .selectFrom('folders')
    .where('user_id', '=', userId)
    .select(['id', 'name'])
    .orderBy('position')
    .orderBy('id')
    .execute()
  // Rows of SQLite have no prototype, and React passes only plain objects to a page.
  return rows.map(({ id, name }) => ({ id, name }))
}

async function createFolder(
  transaction: Kysely<Tables>,
  { userId, folderId, name, now }: Parameters<FolderQueries['create']>[0],
): Promise<'created' | 'taken' | 'too-many'> {
  await ensureUser(transaction, { userId, now })
  const folders = await transaction
    .selectFrom('folders')
    .where('user_id', '=', userId)
    .select(['id', 'position'])
    .execute()
  if (folders.some(({ id }) => id === folderId)) return 'created'
  if (folders.length >= foldersMax) return 'too-many'
  const position = Math.max(-1, ...folders.map((folder) => folder.position)) + 1
  const created = await transaction
    .insertInto('folders')
    .values({ id: folderId, user_id: userId, name: cleanText(name), position, created_at: now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .executeTakeFirst()
  return created.numInsertedOrUpdatedRows === 0n ? 'taken' : 'created'
}

async function moveFolder(
  transaction: Kysely<Tables>,
  { userId, folderId, position }: Parameters<FolderQueries['move']>[0],
): Promise<boolean> {
  const folders = await listFolders(transaction, userId)
  const ids = folders.map(({ id }) => id)
  if (!ids.includes(folderId)) return false
  const others = ids.filter((id) => id !== folderId)
  for (const [place, id] of others.toSpliced(position, 0, folderId).entries()) {
    await transaction
      .updateTable('folders')
      .where('id', '=', id)
      .where('user_id', '=', userId)
      .set({ position: place })
      .execute()
  }
  return true
}
