import { afterEach, beforeEach } from 'vitest'
import { parseSearchQuery } from '@/shared/search/search-query'
import type { Connection } from '../connection'
import type { Database, OpenedDatabase } from '../database'
import type { Search } from '../search/search'

const model = { provider: 'openai', id: 'gpt-5-mini' }

type Given = Partial<{
  userId: string
  chatId: string
  question: string
  answer: string
  title: string
  model: { provider: string; id: string }
  now: number
}>

/** An empty, migrated database for each test of a suite, chats to put into it, and searches. Times count up. */
export function useSearchBench(open: () => Promise<OpenedDatabase>) {
  let database: Database
  let connection: Connection
  let count: number

  beforeEach(async () => {
    ;({ database, connection } = await open())
    count = 0
  })

  afterEach(() => database.close())

  async function begin(asked: Given = {}): Promise<string> {
    count += 1
    const id = String(count)
    await database.runs.begin({
      kind: 'submit',
      userId: asked.userId ?? 'anna',
      chatId: asked.chatId ?? 'chat',
      runId: `run${id}`,
      answerId: `answer${id}`,
      requestKey: `question${id}`,
      instance: 'here',
      model: asked.model ?? model,
      message: { id: `question${id}`, text: asked.question ?? 'Question' },
      title: asked.title ?? 'Title',
      now: asked.now ?? count * 1000,
    })
    return `run${id}`
  }

  async function exchange(given: Given = {}): Promise<void> {
    const runId = await begin(given)
    await end(runId, given.answer ?? 'Answer', given.now)
  }

  function end(runId: string, text: string, now = 9_000) {
    const parts = [{ type: 'text', text } as const]
    return database.runs.end({ runId, status: 'done', parts, metadata: {}, seq: 9, now })
  }

  function find(query: string, more: Partial<Search & { before: number }> = {}) {
    const search = { userId: 'anna', terms: parseSearchQuery(query), limit: 10, ...more }
    return database.search.messages(search)
  }

  async function idsOf(query: string, more: Partial<Search> = {}): Promise<string[]> {
    return (await find(query, more)).map(({ messageId }) => messageId)
  }

  async function titlesOf(query: string, userId = 'anna', folderId?: string): Promise<string[]> {
    const terms = parseSearchQuery(query)
    const titles = await database.search.titles({ userId, terms, folderId, limit: 10 })
    return titles.map(({ title }) => title)
  }

  return {
    model,
    database: () => database,
    connection: () => connection,
    begin,
    end,
    exchange,
    find,
    idsOf,
    titlesOf,
  }
}
