import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

const busy = 5
const cannotOpen = 14

/**
 * Many servers may use a build, or one process may make it, never both. SQLite's file lock is used
 * because the system drops it when its holder dies, however it dies.
 */
export function openBuildLock(path) {
  const database = openDatabase(path)
  if (!database) return lockOfReadOnlyFolder
  return {
    tryShare: () => tryLock(database, 'BEGIN; SELECT count(*) FROM sqlite_schema'),
    tryOwn: () => tryLock(database, 'BEGIN EXCLUSIVE'),
    release: () => release(database),
    close: () => database.close(),
  }
}

// Where nothing can be written, no other process can replace the build either.
const lockOfReadOnlyFolder = {
  tryShare: () => true,
  tryOwn: () => true,
  release: () => {},
  close: () => {},
}

function openDatabase(path) {
  try {
    mkdirSync(dirname(path), { recursive: true })
    return new DatabaseSync(path, { timeout: 0 })
  } catch (error) {
    if (isReadOnly(error)) return undefined
    throw error
  }
}

const isReadOnly = ({ code, errcode }) =>
  ['EACCES', 'EPERM', 'EROFS'].includes(code) || errcode === cannotOpen

function tryLock(database, statements) {
  try {
    database.exec(statements)
    return true
  } catch (error) {
    release(database)
    if (error.errcode === busy) return false
    throw error
  }
}

function release(database) {
  if (database.isTransaction) database.exec('ROLLBACK')
}
