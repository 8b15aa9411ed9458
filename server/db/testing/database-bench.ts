import { afterEach, beforeEach } from 'vitest'
import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import type { Connection } from '../connection'
import type { Database, OpenedDatabase } from '../database'
import { encodeMetadata, encodeParts } from '../message-codec'
import type { BeginOutcome, BeginRun } from '../run-to-begin'
import type { NewMessage, Tables } from '../schema'

type Begin<Kind> = Partial<Extract<BeginRun, { kind: Kind }>>
export type Handle = Pick<Connection, 'kysely'>

export const model = { provider: 'openai', id: 'gpt-5-mini' }
export const anna = { userId: 'anna' }
export const chat = { userId: 'anna', chatId: 'chat' }
export const chatOfBen = { userId: 'ben', chatId: 'chat' }

export type DatabaseBench = ReturnType<typeof useDatabase>

/** For each test that follows, an empty, migrated database with two users, and what Anna does in one chat. */
export function useDatabase(open: () => Promise<OpenedDatabase>) {
  let database: Database
  let connection: Connection
  let runCount: number

  beforeEach(async () => {
    ;({ database, connection } = await open())
    runCount = 0
    await database.users.ensure({ userId: 'anna', now: 1 })
    await database.users.ensure({ userId: 'ben', now: 1 })
  })

  afterEach(() => database.close())

  function common(kind: string) {
    runCount += 1
    return {
      ...chat,
      runId: `run${runCount}`,
      answerId: `answer${runCount}`,
      requestKey: `${kind}${runCount}`,
      instance: 'here',
      model,
      now: runCount * 10,
    }
  }

  function submit(overrides: Begin<'submit'> = {}): Promise<BeginOutcome> {
    const shared = common('question')
    const message = { id: shared.requestKey, text: `Question ${runCount}` }
    return database.runs.begin({
      kind: 'submit',
      ...shared,
      message,
      title: 'Title',
      ...overrides,
    })
  }

  function regenerate(overrides: Begin<'regenerate'> = {}): Promise<BeginOutcome> {
    return database.runs.begin({ kind: 'regenerate', ...common('again'), ...overrides })
  }

  function continueAnswer(messageId: string, overrides: Begin<'continue'> = {}) {
    return database.runs.begin({ kind: 'continue', ...common('on'), messageId, ...overrides })
  }

  function end(runId: string, overrides: Partial<Parameters<Database['runs']['end']>[0]> = {}) {
    const parts = [text(`Answer of ${runId}`)]
    const ending = { runId, status: 'done', parts, metadata: {}, seq: 9, now: 500 } as const
    return database.runs.end({ ...ending, ...overrides })
  }

  function checkpoint(runId: string, parts: MessagePart[], seq = 1) {
    return database.runs.checkpoint({ runId, parts, metadata: {}, seq, now: 400 })
  }

  async function exchange(): Promise<void> {
    await submit()
    await end(`run${runCount}`)
  }

  const path = () => database.messages.path(chat)
  async function pageBefore(before: string | undefined, limit: number) {
    const page = await database.messages.page({ ...chat, before, limit })
    return page && [ids(page.messages).join(' '), page.hasEarlier ? 'more' : 'all']
  }

  const answer = (messageId: string) => database.messages.get({ ...chat, messageId })

  return {
    get database() {
      return database
    },
    get connection() {
      return connection
    },
    /** Of the run that was begun last. */
    get runCount() {
      return runCount
    },
    submit,
    regenerate,
    continueAnswer,
    end,
    checkpoint,
    exchange,
    path,
    pageBefore,
    answer,
  }
}

export function text(words: string): MessagePart {
  return { type: 'text', text: words }
}

export function ids(messages: ChatMessage[]): string[] {
  return messages.map(({ id }) => id)
}

export function historyOf(outcome: BeginOutcome): string[] | string {
  return outcome.status === 'started' ? ids(outcome.history) : outcome.status
}

export async function rowCounts({ kysely }: Handle) {
  const count = async (table: keyof Tables) => {
    const rows = await kysely.selectFrom(table).select('id').execute()
    return rows.length
  }
  return {
    chats: await count('chats'),
    messages: await count('messages'),
    runs: await count('runs'),
  }
}

/** Messages m1 … mN, each the child of the one before; the first of them under m0 where that exists already. */
export function chain(chatId: string, length: number): NewMessage[] {
  const metadata = encodeMetadata({})
  const parts = encodeParts([text('Some words of an answer. '.repeat(20))])
  return Array.from({ length }, (_, index) => ({
    chat_id: chatId,
    id: `m${index + 1}`,
    parent_id: index === 0 ? (chatId === 'chat' ? 'm0' : null) : `m${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    status: 'done',
    parts,
    metadata,
    created_at: index,
  }))
}

export async function insertMessages(connection: Connection, rows: NewMessage[]): Promise<void> {
  const rowsAtOnce = 500
  await connection.transaction(async (transaction) => {
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const values = rows.slice(start, start + rowsAtOnce)
      await transaction.insertInto('messages').values(values).execute()
    }
  })
}
