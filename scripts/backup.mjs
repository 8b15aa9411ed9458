import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { requireInstallation } from './require-installation.mjs'
import { runScript } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const notOurs = 2

await runScript(async () => {
  requireInstallation({ root })
  // Loaded late: an older Node cannot even read these, and would hide the message above.
  const { readEnvironment } = await import('./read-environment.mjs')
  const { backupSqlite } = await import('./backup-sqlite.mjs')

  const environment = readEnvironment({ root, mode: 'production' })
  if (environment.DATABASE_URL?.trim()) return leaveToPostgres()
  const dataDir = resolve(root, environment.DATA_DIR?.trim() || './data')
  const file = backupFile({ dataDir, now: new Date() })
  const { secretFile } = backupSqlite({ dataDir, file })
  console.log(`Wrote ${file}`)
  console.log(secretLine({ environment, secretFile }))
})

/** The one asked for, from where npm was called; else one in the data folder with the time in its name. */
function backupFile({ dataDir, now }) {
  const { positionals } = parseArgs({ allowPositionals: true })
  const [asked] = positionals
  if (asked) return resolve(process.env.INIT_CWD ?? process.cwd(), asked)
  const time = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')
  return join(dataDir, `backup-${time}Z.db`)
}

function secretLine({ environment, secretFile }) {
  if (environment.SESSION_SECRET?.trim())
    return 'Keep the SESSION_SECRET of your settings as well: without it nobody finds their chats.'
  if (secretFile)
    return `Wrote ${secretFile}, which belongs to it: without it nobody finds their chats.`
  return 'There is no session secret to keep yet.'
}

function leaveToPostgres() {
  console.error(
    'The chats are in Postgres, by DATABASE_URL. Back it up with: pg_dump "$DATABASE_URL"',
  )
  process.exitCode = notOurs
}
