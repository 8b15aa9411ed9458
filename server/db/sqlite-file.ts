import 'server-only'
import { closeSync, mkdirSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import { UnusableDatabaseError } from './engine'

const busyTimeoutMs = 5000
const busyRetryMs = 10
const busyCode = 5

/** Opens the database file of a data folder, making both when missing; `:memory:` keeps everything in memory. */
export async function openSqliteFile(dataDir: string): Promise<DatabaseSync> {
  const path = dataDir === ':memory:' ? dataDir : createFile(dataDir)
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
  try {
    await switchToWal(database)
    database.exec('pragma synchronous = full')
    database.exec('pragma foreign_keys = on')
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** What is written there is private: only the user that runs the server may read it. */
function createFile(dataDir: string): string {
  const path = join(/* turbopackIgnore: true */ dataDir, 'rivulet.db')
  try {
    mkdirSync(/* turbopackIgnore: true */ dataDir, { recursive: true, mode: 0o700 })
    closeSync(openSync(/* turbopackIgnore: true */ path, 'a', 0o600))
  } catch (error) {
    throw new UnusableDatabaseError(
      `The data folder ${dataDir} cannot be written. Set DATA_DIR to a folder that may be.`,
      { cause: error },
    )
  }
  return path
}

/** Two processes switching a new file at once: SQLite answers "busy" to one without waiting for the other. */
async function switchToWal(database: DatabaseSync): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += busyRetryMs) {
    try {
      database.exec('pragma journal_mode = wal')
      return
    } catch (error) {
      if (!isBusy(error) || waitedMs >= busyTimeoutMs) throw error
      await sleep(busyRetryMs)
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === busyCode
}
