import 'server-only'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { SearchTerm } from '@/shared/search/search-query'
import type { Connection } from '../connection'
import { type BacklogStep, indexBacklog } from './backlog'
import { findMessages } from './find-messages'
import { findTitles } from './find-titles'

/** What is looked for. Times are milliseconds since the epoch, UTC; `until` is the first that is too late. */
export type Search = {
  userId: string
  terms: readonly SearchTerm[]
  role?: 'user' | 'assistant' | undefined
  model?: ModelRef | undefined
  /** Chats that are in it now, archived and pinned ones too. */
  folderId?: string | undefined
  from?: number | undefined
  until?: number | undefined
  limit: number
}

export type FoundTitle = { chatId: string; title: string; updatedAt: number }

export type FoundMessage = {
  /** Where the next page begins. */
  key: number
  chatId: string
  chatTitle: string
  messageId: string
  role: 'user' | 'assistant'
  createdAt: number
  text: string
}

/** Nothing of somebody else's, and nothing of a removed chat, is ever found. */
export type SearchQueries = {
  /** Chats whose title has all of the terms, the latest begun first. */
  titles(search: Omit<Search, 'role' | 'model'>): Promise<FoundTitle[]>
  /** Messages of any branch that have all of the terms, the newest first. */
  messages(search: Search & { before?: number | undefined }): Promise<FoundMessage[]>
  /** Indexes some of the messages that are older than search; what is left says whether there are more. */
  indexBacklog(): Promise<BacklogStep>
  /** Whether chats, of anybody, are still waiting for that. */
  hasBacklog(): Promise<boolean>
}

export function createSearchQueries({ kysely, transaction }: Connection): SearchQueries {
  return {
    titles: (search) => findTitles(kysely, search),
    messages: (search) => findMessages(kysely, search),
    indexBacklog: () => transaction(indexBacklog),

    async hasBacklog() {
      const waiting = await kysely
        .selectFrom('search_backlog')
        .orderBy('updated_at', 'desc')
        .select('chat_id')
        .limit(1)
        .executeTakeFirst()
      return waiting !== undefined
    },
  }
}
