import 'server-only'
import { type Kysely, SqliteAdapter } from 'kysely'
import type { Tables } from '../schema'

/** Which of the two engines is behind a handle: each has its own full-text search. */
export function speaksSqlite(kysely: Kysely<Tables>): boolean {
  return kysely.getExecutor().adapter instanceof SqliteAdapter
}
