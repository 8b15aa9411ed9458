import 'server-only'
import type { Kysely } from 'kysely'
import { messageText } from '@/shared/chat/message-text'
import { decodeParts } from '../message-codec'
import type { Tables } from '../schema'
import { keySpan } from './entry-key'
import { facet } from './entry-words'
import { matchingKeys } from './matching-keys'
import type { FoundMessage, Search, SearchQueries } from './search'

export async function findMessages(
  kysely: Kysely<Tables>,
  { userId, terms, folderId, before, limit, ...search }: Parameters<SearchQueries['messages']>[0],
): Promise<FoundMessage[]> {
  const keys = await matchingKeys(kysely, {
    userId,
    terms,
    folderId,
    facets: facetsOf({ userId, ...search }),
    span: keySpan({ ...search, before }),
    limit,
  })
  if (keys.length === 0) return []
  const rows = await kysely
    .selectFrom('search_entries')
    .innerJoin('chats', 'chats.id', 'search_entries.chat_id')
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.chat_id', '=', 'search_entries.chat_id')
        .onRef('messages.id', '=', 'search_entries.message_id'),
    )
    .where('search_entries.key', 'in', keys)
    .where('chats.user_id', '=', userId)
    .select([
      'search_entries.key',
      'chats.id as chatId',
      'chats.title as chatTitle',
      'messages.id as messageId',
      'messages.role',
      'messages.created_at as createdAt',
      'messages.parts',
    ])
    .orderBy('search_entries.key', 'desc')
    .execute()
  return rows.map(({ parts, ...row }) => ({
    ...row,
    text: messageText({ parts: decodeParts(parts) }),
  }))
}

function facetsOf({ userId, role, model }: Pick<Search, 'userId' | 'role' | 'model'>): string[] {
  return [
    facet.user(userId),
    role ? facet.role(role) : facet.anyMessage,
    ...(model ? [facet.model(model)] : []),
  ]
}
