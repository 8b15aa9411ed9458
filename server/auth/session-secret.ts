import 'server-only'
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Env } from '../env'

/** The secret that signs session cookies: the setting, else one that is made in the data folder on the first run. */
export function sessionSecret({
  SESSION_SECRET,
  dataDir,
}: Pick<Env, 'SESSION_SECRET' | 'dataDir'>): string {
  if (SESSION_SECRET) return SESSION_SECRET
  const path = join(/* turbopackIgnore: true */ dataDir, 'session-secret')
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  try {
    // `wx` fails when the file exists, so two processes that start at once end up with the same secret.
    writeFileSync(path, randomBytes(32).toString('base64url'), { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  }
  const secret = readFileSync(path, 'utf8').trim()
  if (secret.length < 32)
    throw new Error(`The session secret in ${path} is too short. Delete the file to get a new one.`)
  return secret
}
