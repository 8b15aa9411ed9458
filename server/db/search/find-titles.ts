import 'server-only'
import type { Kysely } from 'kysely'
import type { Tables } from '../schema'
import { keySpan } from './entry-key'
import { facet } from './entry-words'
import { matchingKeys } from './matching-keys'
import type { FoundTitle, SearchQueries } from './search'

export async function findTitles(
  kysely: Kysely<Tables>,
  { userId, terms, folderId, limit, ...time }: Parameters<SearchQueries['titles']>[0],
): Promise<FoundTitle[]> {
  const facets = [facet.user(userId), facet.role('title')]
  const span = keySpan(time)
  const keys = await matchingKeys(kysely, { userId, facets, terms, folderId, span, limit })
  if (keys.length === 0) return []
  return kysely
    .selectFrom('search_entries')
    .innerJoin('chats', 'chats.id', 'search_entries.chat_id')
    .where('search_entries.key', 'in', keys)
    .where('chats.user_id', '=', userId)
    .select(['chats.id as chatId', 'chats.title', 'chats.updated_at as updatedAt'])
    .orderBy('search_entries.key', 'desc')
    .execute()
}
