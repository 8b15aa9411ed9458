import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Pool } from 'pg'
import { z } from 'zod'
import { messageStatusSchema } from '@/shared/chat/message'

const partsSchema = z.object({
  parts: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
})
const messageSchema = z.object({
  id: z.string(),
  role: z.enum(['user', 'assistant']),
  status: messageStatusSchema,
  parts: z.preprocess(
    (column) => (typeof column === 'string' ? JSON.parse(column) : column),
    partsSchema,
  ),
})
const runSchema = z.object({
  id: z.string(),
  status: messageStatusSchema,
  instance: z.string(),
  ended_at: z.coerce.number().nullable(),
})

/** What the database holds of one chat, asked of itself and not of the product. */
export type Stored = {
  messages: StoredMessage[]
  runs: StoredRun[]
}

export type StoredMessage = {
  id: string
  role: 'user' | 'assistant'
  status: z.infer<typeof messageStatusSchema>
  text: string
}

export type StoredRun = {
  id: string
  status: z.infer<typeof messageStatusSchema>
  /** The process that wrote it. */
  pid: number
  /** Milliseconds since the epoch. */
  endedAt: number | null
}

export type Ledger = {
  read(chatId: string): Promise<Stored>
  /** Chats whose run has no end. */
  running(): Promise<string[]>
  close(): Promise<void>
}

type Query = (text: string, chatId?: string) => Promise<unknown[]>

export function openPostgresLedger(url: string): Ledger {
  const pool = new Pool({ connectionString: url, max: 4 })
  // Without a listener, a server that goes away takes this process along.
  pool.on('error', () => {})
  return ledgerOf(
    async (text, chatId) => (await pool.query(text, chatId === undefined ? [] : [chatId])).rows,
    () => pool.end(),
  )
}

export function openSqliteLedger(dataDir: string): Ledger {
  const database = new DatabaseSync(join(dataDir, 'rivulet.db'), { readOnly: true, timeout: 5000 })
  return ledgerOf(
    async (text, chatId) =>
      database.prepare(text.replaceAll('$1', '?')).all(...(chatId === undefined ? [] : [chatId])),
    async () => database.close(),
  )
}

function ledgerOf(query: Query, close: () => Promise<void>): Ledger {
  return {
    close,
    async read(chatId) {
      const messages = await query('select * from messages where chat_id = $1', chatId)
      const runs = await query('select * from runs where chat_id = $1', chatId)
      return {
        messages: z.array(messageSchema).parse(messages).map(storedMessage),
        runs: z.array(runSchema).parse(runs).map(storedRun),
      }
    },
    async running() {
      const runs = await query("select chat_id from runs where status = 'running'")
      return z
        .array(z.object({ chat_id: z.string() }))
        .parse(runs)
        .map(({ chat_id: chatId }) => chatId)
    },
  }
}

function storedMessage({ parts: { parts }, ...message }: z.infer<typeof messageSchema>) {
  const texts = parts.map(({ type, text }) => (type === 'text' ? (text ?? '') : ''))
  return { ...message, text: texts.join('') }
}

function storedRun({ instance, ended_at: endedAt, ...run }: z.infer<typeof runSchema>) {
  return { ...run, pid: Number(instance.split('/')[1]), endedAt }
}
