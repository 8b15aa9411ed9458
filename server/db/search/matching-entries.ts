import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { SearchTerm } from '@/shared/search/search-query'
import type { Tables } from '../schema'
import { tokenQuery } from './postgres-tokens'
import { speaksSqlite } from './speaks-sqlite'
import { matchExpression } from './sqlite-match'

/** Keys from `first` on, up to and without `end`. */
export type KeySpan = { first: number; end: number }

export type Match = {
  userId: string
  facets: readonly string[]
  terms: readonly SearchTerm[]
  span: KeySpan
}

/** Entries of a user’s visible chats that match, the newest first, as each engine finds them by its index. */
export function matchingEntries(kysely: Kysely<Tables>, match: Match) {
  return speaksSqlite(kysely) ? matchingInSqlite(kysely, match) : matchingInPostgres(kysely, match)
}

/** The words come first: a plus keeps SQLite from beginning with all entries of the user, which it would then sort. */
function matchingInSqlite(kysely: Kysely<Tables>, { userId, facets, terms, span }: Match) {
  return visibleEntries(kysely)
    .innerJoin('search_index', 'search_index.rowid', 'search_entries.key')
    .where(sql<boolean>`search_index.search_index match ${matchExpression(facets, terms)}`)
    .where(sql<boolean>`+search_entries.user_id = ${userId}`)
    .where(sql<boolean>`+chats.user_id = ${userId}`)
    .where('search_index.rowid', '>=', span.first)
    .where('search_index.rowid', '<', span.end)
    .orderBy('search_index.rowid', 'desc')
}

function matchingInPostgres(kysely: Kysely<Tables>, { userId, facets, terms, span }: Match) {
  return visibleEntries(kysely)
    .where(sql<boolean>`search_entries.tokens @@ ${tokenQuery(facets, terms)}::tsquery`)
    .where('search_entries.user_id', '=', userId)
    .where('chats.user_id', '=', userId)
    .where('search_entries.key', '>=', span.first)
    .where('search_entries.key', '<', span.end)
    .orderBy('search_entries.key', 'desc')
}

function visibleEntries(kysely: Kysely<Tables>) {
  return kysely
    .selectFrom('search_entries')
    .innerJoin('chats', 'chats.id', 'search_entries.chat_id')
    .where('chats.removed_at', 'is', null)
}
