import 'server-only'
import { type Kysely, sql } from 'kysely'
import type { ModelUsage } from '@/shared/usage/usage-report'
import type { Connection } from './connection'
import { cleanText } from './json-codec'
import type { StoredMetadata } from './message-codec'
import type { RunColumns, Tables } from './schema'

type Sums = Omit<ModelUsage, 'cost'>

/** Summed by model, the one that wrote most first. */
export type UsageQueries = {
  /** From one moment up to another, the latter left out. Milliseconds. */
  between(range: { userId: string; from: number; until: number }): Promise<Sums[]>
  ofChat(chat: { userId: string; chatId: string }): Promise<Sums[]>
  ofRun(run: { userId: string; runId: string }): Promise<Sums[]>
}

export function createUsageQueries({ kysely }: Connection): UsageQueries {
  return {
    async between({ userId, from, until }) {
      const rows = await sumsOf(kysely, userId)
        .where('created_at', '>=', from)
        .where('created_at', '<', until)
        .execute()
      return rows.map(toSums)
    },

    async ofChat({ userId, chatId }) {
      const rows = await sumsOf(kysely, userId).where('chat_id', '=', chatId).execute()
      return rows.map(toSums)
    },

    async ofRun({ userId, runId }) {
      const rows = await sumsOf(kysely, userId).where('run_id', '=', runId).execute()
      return rows.map(toSums)
    },
  }
}

/** In the transaction that ends the run, and nothing for one whose provider told nothing. */
export async function noteUsage(
  transaction: Kysely<Tables>,
  run: RunColumns,
  { metadata, now }: { metadata: StoredMetadata | undefined; now: number },
): Promise<void> {
  const { usage, model } = metadata ?? {}
  if (!model || (usage?.inputTokens === undefined && usage?.outputTokens === undefined)) return
  await transaction
    .insertInto('usage')
    .values({
      run_id: run.id,
      user_id: run.user_id,
      chat_id: run.chat_id,
      message_id: run.message_id,
      model_provider: cleanText(model.provider),
      model_id: cleanText(model.id),
      input_tokens: whole(usage.inputTokens),
      cached_input_tokens: whole(usage.cachedInputTokens),
      output_tokens: whole(usage.outputTokens),
      reasoning_tokens: whole(usage.reasoningTokens),
      created_at: now,
    })
    .onConflict((conflict) => conflict.column('run_id').doNothing())
    .execute()
}

function sumsOf(kysely: Kysely<Tables>, userId: string) {
  return kysely
    .selectFrom('usage')
    .where('user_id', '=', userId)
    .groupBy(['model_provider', 'model_id'])
    .select(({ fn }) => [
      'model_provider',
      'model_id',
      fn.countAll<number>().as('answers'),
      sum('input_tokens').as('input'),
      sum('cached_input_tokens').as('cached'),
      sum('output_tokens').as('output'),
      sum('reasoning_tokens').as('reasoning'),
    ])
    .orderBy('output', 'desc')
}

/** Postgres would make a decimal number of it. */
function sum(column: string) {
  return sql<number>`cast(sum(${sql.ref(column)}) as bigint)`
}

type SumRow = {
  model_provider: string
  model_id: string
  answers: number
  input: number
  cached: number
  output: number
  reasoning: number
}

function toSums(row: SumRow): Sums {
  return {
    model: { provider: row.model_provider, id: row.model_id },
    answers: row.answers,
    inputTokens: row.input,
    cachedInputTokens: row.cached,
    outputTokens: row.output,
    reasoningTokens: row.reasoning,
  }
}

/** A provider may say anything. */
function whole(tokens: number | undefined): number {
  return tokens !== undefined && Number.isSafeInteger(tokens) && tokens > 0 ? tokens : 0
}
