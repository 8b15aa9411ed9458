import { accessSync, constants, readdirSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const usualFolders = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']

/**
 * The folder with `initdb` and `postgres`, the newest version first.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string | undefined}
 */
export function findPostgresFolder(environment = process.env) {
  return [...foldersOfPath(environment), ...postgresFolders()].find((folder) =>
    ['initdb', 'postgres'].every((name) => isProgram(join(folder, name))),
  )
}

/**
 * The path of `redis-server`.
 *
 * @param {Readonly<Record<string, string | undefined>>} environment
 * @returns {string | undefined}
 */
export function findRedisServer(environment = process.env) {
  const folders = [...foldersOfPath(environment), ...usualFolders]
  return folders.map((folder) => join(folder, 'redis-server')).find(isProgram)
}

function foldersOfPath({ PATH = '' }) {
  return PATH.split(delimiter).filter(Boolean)
}

/** Debian keeps each version in a folder of its own and puts none of them on the path. */
function postgresFolders() {
  const root = '/usr/lib/postgresql'
  const debian = listFolder(root)
    .toSorted((left, right) => Number(right) - Number(left))
    .map((version) => join(root, version, 'bin'))
  return [...debian, ...usualFolders]
}

function listFolder(path) {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
