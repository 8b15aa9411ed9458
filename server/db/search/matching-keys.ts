import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { SearchTerm } from '@/shared/search/search-query'
import type { Tables } from '../schema'
import { tokenQuery } from './postgres-tokens'
import { speaksSqlite } from './speaks-sqlite'
import { matchExpression } from './sqlite-match'

export type Match = {
  userId: string
  facets: readonly string[]
  terms: readonly SearchTerm[]
  folderId?: string | undefined
  /** Keys from `first` on, up to and without `end`. */
  span: { first: number; end: number }
  limit: number
}

/** So many entries that a page of the newest is found sooner by going back in time than by the words. */
const manyEntries = 1_000

/** The newest entries that match, of what a user can see: as each engine finds them by its index. */
export async function matchingKeys(kysely: Kysely<Tables>, match: Match): Promise<number[]> {
  return speaksSqlite(kysely) ? keysInSqlite(kysely, match) : keysInPostgres(kysely, match)
}

/**
 * The words come first: a plus keeps SQLite from beginning with all entries of the user, which it would then sort. The keys
 * of a folder are looked up once, and each match in them: to go to the chat of each would take three times as long.
 */
async function keysInSqlite(
  kysely: Kysely<Tables>,
  { userId, facets, terms, folderId, span, limit }: Match,
): Promise<number[]> {
  const entries = visibleEntries(kysely)
  const asked =
    folderId === undefined
      ? entries
      : entries.where('search_entries.key', 'in', keysOfFolder(kysely, folderId))
  const rows = await asked
    .innerJoin('search_index', 'search_index.rowid', 'search_entries.key')
    .where(sql<boolean>`search_index.search_index match ${matchExpression(facets, terms)}`)
    .where(sql<boolean>`+search_entries.user_id = ${userId}`)
    .where(sql<boolean>`+chats.user_id = ${userId}`)
    .where('search_index.rowid', '>=', span.first)
    .where('search_index.rowid', '<', span.end)
    .orderBy('search_index.rowid', 'desc')
    .select('search_entries.key')
    .limit(limit)
    .execute()
  return rows.map(({ key }) => key)
}

/**
 * Asked for an order and a few, Postgres takes every word that it has no figures of for one that is met often, and goes
 * back through all entries for a rare one. So it is first asked for some matches in no order.
 */
async function keysInPostgres(kysely: Kysely<Tables>, match: Match): Promise<number[]> {
  const { userId, facets, terms, folderId, span, limit } = match
  const entries = visibleEntries(kysely)
  const asked = folderId === undefined ? entries : entries.where('chats.folder_id', '=', folderId)
  const matching = asked
    .where(sql<boolean>`search_entries.tokens @@ ${tokenQuery(facets, terms)}::tsquery`)
    .where('search_entries.user_id', '=', userId)
    .where('chats.user_id', '=', userId)
    .where('search_entries.key', '>=', span.first)
    .where('search_entries.key', '<', span.end)
    .select('search_entries.key')
  const some = await matching.limit(manyEntries).execute()
  const newest =
    some.length < manyEntries
      ? some.toSorted((left, right) => right.key - left.key).slice(0, limit)
      : await matching.orderBy('search_entries.key', 'desc').limit(limit).execute()
  return newest.map(({ key }) => key)
}

function keysOfFolder(kysely: Kysely<Tables>, folderId: string) {
  return kysely
    .selectFrom('chats as chats_inside')
    .innerJoin('search_entries as inside', 'inside.chat_id', 'chats_inside.id')
    .where('chats_inside.folder_id', '=', folderId)
    .select('inside.key')
}

/** Titles have no message that could be removed. */
function visibleEntries(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('search_entries')
    .innerJoin('chats', 'chats.id', 'search_entries.chat_id')
    .leftJoin('messages', (join) =>
      join
        .onRef('messages.chat_id', '=', 'search_entries.chat_id')
        .onRef('messages.id', '=', 'search_entries.message_id'),
    )
    .where('chats.removed_at', 'is', null)
    .where('messages.removed_at', 'is', null)
}
