import 'server-only'
import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { ModelRef } from '@/shared/models/model-catalog'
import { parseSearchQuery, type SearchTerm } from '@/shared/search/search-query'
import type { SearchResults } from '@/shared/search/search-results'
import { markedText, snippetOf } from '@/shared/search/snippet'
import { AppError } from '@/shared/errors/app-error'
import type { FoundMessage } from '../db/search/search'
import type { Services } from '../services'
import { indexSome } from './index-backlog'

export const resultsPerPage = 20
const titlesMax = 5
/** Snippets are cut from whole messages; other requests come in between when they are long. */
const charactersAtOnce = 50_000
const backlogMs = 200

/** Times are milliseconds since the epoch, UTC; `to` is the first that is too late. */
export type SearchChats = {
  services: Services
  userId: string
  query: string
  role?: 'user' | 'assistant' | undefined
  model?: ModelRef | undefined
  folderId?: string | undefined
  from?: number | undefined
  to?: number | undefined
  cursor?: string | undefined
  limit?: number | undefined
}

/**
 * What a user’s chats say of it: titles first, then messages of any branch, the newest first. Who asks for one speaker or
 * one model wants no titles. A query without a word finds nothing.
 */
export async function searchChats({
  services,
  userId,
  query,
  cursor,
  to,
  limit = resultsPerPage,
  ...filter
}: SearchChats): Promise<SearchResults> {
  const { search } = services.db
  // A function has no time of its own to catch up in.
  if (services.env.onVercel) await indexSome(services, { milliseconds: backlogMs })
  const isIndexing = await search.hasBacklog()
  const terms = parseSearchQuery(query)
  if (terms.length === 0) return { chats: [], messages: [], nextCursor: null, isIndexing }

  const before = cursor === undefined ? undefined : decodeCursor(cursor)
  const asked = { userId, terms, until: to, ...filter }
  const wantsTitles = before === undefined && !filter.role && !filter.model
  const titles = wantsTitles ? await search.titles({ ...asked, limit: titlesMax }) : []
  const found = await search.messages({ ...asked, before, limit: limit + 1 })
  const page = found.slice(0, limit)
  return {
    chats: titles.map(({ title, ...chat }) => ({ ...chat, title: markedText(title, terms) })),
    messages: await withSnippets(page, terms),
    nextCursor: found.length > limit ? encodeCursor(page.at(-1)) : null,
    isIndexing,
  }
}

async function withSnippets(
  messages: readonly FoundMessage[],
  terms: readonly SearchTerm[],
): Promise<SearchResults['messages']> {
  await letOthersRun()
  const results: SearchResults['messages'] = []
  let characters = 0
  for (const { key: _key, text, ...message } of messages) {
    characters += text.length
    if (characters > charactersAtOnce) {
      await letOthersRun()
      characters = 0
    }
    results.push({ ...message, snippet: snippetOf(text, terms) })
  }
  return results
}

function encodeCursor(last: FoundMessage | undefined): string | null {
  return last ? last.key.toString(36) : null
}

function decodeCursor(cursor: string): number {
  const key = /^[0-9a-z]{1,11}$/.test(cursor) ? Number.parseInt(cursor, 36) : Number.NaN
  if (Number.isSafeInteger(key)) return key
  throw new AppError('invalid-request', 'The cursor is not one of ours. Begin without it.')
}
