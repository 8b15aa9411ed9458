import 'server-only'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { messageText } from '@/shared/chat/message-text'
import { decodeParts } from '../message-codec'
import type { Tables } from '../schema'
import { keySpan } from './entry-key'
import { facet } from './entry-words'
import { type KeySpan, type Match, matchingEntries } from './matching-entries'
import type { FoundMessage, Search, SearchQueries } from './search'
import { speaksSqlite } from './speaks-sqlite'

/**
 * Messages of the user that one query of SQLite may look through: it holds the process, and with it everybody's
 * streams, until it is done.
 */
const sliceLength = 8_000

export async function findMessages(
  kysely: Kysely<Tables>,
  { userId, terms, before, limit, ...search }: Parameters<SearchQueries['messages']>[0],
): Promise<FoundMessage[]> {
  const whole = keySpan({ ...search, before })
  const match = { userId, terms, facets: facetsOf({ userId, ...search }) }
  if (!speaksSqlite(kysely)) return findInSpan(kysely, { ...match, span: whole }, limit)

  const found: FoundMessage[] = []
  for await (const span of slicesOf(kysely, userId, whole)) {
    found.push(...(await findInSpan(kysely, { ...match, span }, limit - found.length)))
    if (found.length >= limit) break
  }
  return found
}

function facetsOf({ userId, role, model }: Pick<Search, 'userId' | 'role' | 'model'>): string[] {
  return [
    facet.user(userId),
    ...(role ? [facet.role(role)] : []),
    ...(model ? [facet.model(model)] : []),
  ]
}

/** The newest first. */
async function* slicesOf(
  kysely: Kysely<Tables>,
  userId: string,
  { first, end }: KeySpan,
): AsyncGenerator<KeySpan, void> {
  let sliceEnd = end
  for (;;) {
    const oldest = await kysely
      .selectFrom('search_entries')
      .where('user_id', '=', userId)
      .where('key', '>=', first)
      .where('key', '<', sliceEnd)
      .orderBy('key', 'desc')
      .select('key')
      .limit(1)
      .offset(sliceLength)
      .executeTakeFirst()
    yield { first: oldest?.key ?? first, end: sliceEnd }
    if (!oldest) return
    sliceEnd = oldest.key
    await letOthersRun()
  }
}

async function findInSpan(
  kysely: Kysely<Tables>,
  match: Match,
  limit: number,
): Promise<FoundMessage[]> {
  const rows = await matchingEntries(kysely, match)
    .innerJoin('messages', (join) =>
      join
        .onRef('messages.chat_id', '=', 'search_entries.chat_id')
        .onRef('messages.id', '=', 'search_entries.message_id'),
    )
    .where('messages.removed_at', 'is', null)
    .select([
      'search_entries.key',
      'chats.id as chatId',
      'chats.title as chatTitle',
      'messages.id as messageId',
      'messages.role',
      'messages.created_at as createdAt',
      'messages.parts',
    ])
    .limit(limit)
    .execute()
  return rows.map(({ parts, ...row }) => ({
    ...row,
    text: messageText({ parts: decodeParts(parts) }),
  }))
}
