import 'server-only'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema'
import { keySpan } from './entry-key'
import { facet } from './entry-words'
import { matchingEntries } from './matching-entries'
import type { FoundTitle, SearchQueries } from './search'

export async function findTitles(
  kysely: Kysely<Tables>,
  { userId, terms, limit, ...time }: Parameters<SearchQueries['titles']>[0],
): Promise<FoundTitle[]> {
  const facets = [facet.user(userId), facet.role('title')]
  const rows = await matchingEntries(kysely, { userId, facets, terms, span: keySpan(time) })
    .select(['chats.id as chatId', 'chats.title', 'chats.updated_at as updatedAt'])
    .limit(limit)
    .execute()
  return rows
}
