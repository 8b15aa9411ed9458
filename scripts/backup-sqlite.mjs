import {
  closeSync,
  copyFileSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { StartupError } from './startup-error.mjs'

const busyTimeoutMs = 10_000

/**
 * Copies the database of a data folder into one new file, as it stands at this moment, also while the server writes.
 * The file is whole once it has its name. Returns where the session secret was copied to, if there is one to copy.
 *
 * @param {{ dataDir: string; file: string }} options
 * @returns {{ secretFile: string | undefined }}
 */
export function backupSqlite({ dataDir, file }) {
  const source = join(dataDir, 'rivulet.db')
  if (!existsSync(source)) throw new StartupError(`There is no database in ${dataDir}.`)
  if (existsSync(file)) throw new StartupError(`${file} exists already. Name another file.`)
  const partial = `${file}.partial`
  try {
    rmSync(partial, { force: true })
    copyDatabase(source, partial)
    requireWhole(partial)
    renameSync(partial, file)
  } catch (error) {
    rmSync(partial, { force: true })
    throw explain(error, file)
  }
  return { secretFile: copySecret({ dataDir, file }) }
}

function copyDatabase(source, target) {
  // SQLite would make it readable for everybody; it fills an empty file as well.
  closeSync(openSync(target, 'wx', 0o600))
  const database = new DatabaseSync(source, { timeout: busyTimeoutMs })
  try {
    database.prepare('vacuum into ?').run(target)
  } finally {
    database.close()
  }
  flush(target)
}

/** Not done by `vacuum into`. */
function flush(path) {
  const descriptor = openSync(path, 'r+')
  fsyncSync(descriptor)
  closeSync(descriptor)
}

function requireWhole(path) {
  const database = new DatabaseSync(path, { readOnly: true })
  const [result] = database.prepare('pragma quick_check').all()
  database.close()
  if (result?.quick_check !== 'ok')
    throw new Error(`The copy is damaged: ${JSON.stringify(result)}`)
}

function copySecret({ dataDir, file }) {
  const source = join(dataDir, 'session-secret')
  if (!existsSync(source)) return undefined
  const target = `${file}.session-secret`
  copyFileSync(source, target, constants.COPYFILE_EXCL)
  return target
}

function explain(error, file) {
  if (error?.code !== 'ENOENT' && error?.code !== 'EACCES') return error
  return new StartupError(`${file} cannot be written. Name a file in a folder that is there.`)
}
