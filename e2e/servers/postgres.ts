import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chown } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from 'pg'
import { findPostgresFolder } from '../../scripts/find-servers.mjs'
import { freePort } from '../fixtures/free-port'
import { makeServerFolder, startServerProcess } from './server-process'

const run = promisify(execFile)

export type PostgresServer = {
  readonly url: string
  /** Makes an empty database and returns its URL. Gone with the server, or at `stop` when the server stays. */
  createDatabase(): Promise<string>
  /** Ends it at once, as a crash does, and starts it again on the same port with what was committed. */
  restart(): Promise<void>
  /** Resolves once the process has ended; at once for SIGSTOP and SIGCONT, which leave its backends running. */
  kill(signal: NodeJS.Signals): Promise<void>
  stop(): Promise<void>
}

export type PostgresOptions = {
  /** More settings, such as `['-c', 'max_connections=20']`; they need a server of our own. */
  args?: readonly string[]
}

/**
 * The Postgres named by `DATABASE_URL`, whose user must be allowed to make databases, else one of our own on a free
 * port of loopback. Nothing when there is neither, which callers say loudly.
 */
export async function startPostgres(
  options: PostgresOptions = {},
): Promise<PostgresServer | undefined> {
  const url = process.env['DATABASE_URL']?.trim()
  if (url) return postgresOfEnvironment(url, options)
  const programs = findPostgresFolder()
  return programs === undefined ? undefined : launchPostgres(programs, options)
}

function postgresOfEnvironment(url: string, { args }: PostgresOptions): PostgresServer {
  const made: string[] = []
  const refuse = (wish: string) =>
    new Error(
      `The Postgres of DATABASE_URL can't be ${wish}. Unset DATABASE_URL to test with a private one.`,
    )
  if (args !== undefined) throw refuse('set up anew')
  return {
    url,
    createDatabase: () => createDatabase(url, made),
    restart: () => Promise.reject(refuse('restarted')),
    kill: () => Promise.reject(refuse('killed')),
    stop: () => query(url, ...made.map((name) => `drop database if exists ${name} with (force)`)),
  }
}

type ServerUser = { uid: number; gid: number }

/** Postgres refuses to run as root; its packages bring a user of its own. */
async function findServerUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined
  return (await findUser('postgres')) ?? (await findUser('nobody'))
}

async function findUser(name: string): Promise<ServerUser | undefined> {
  const ids = await Promise.all(['-u', '-g'].map((option) => run('id', [option, name]))).catch(
    () => [],
  )
  const [uid, gid] = ids.map(({ stdout }) => Number(stdout))
  return uid === undefined || gid === undefined ? undefined : { uid, gid }
}

async function launchPostgres(
  programs: string,
  { args = [] }: PostgresOptions,
): Promise<PostgresServer> {
  const port = await freePort()
  const folder = await makeServerFolder('postgres')
  const user = await findServerUser()
  if (user) await chown(folder, user.uid, user.gid)
  const dataFolder = join(folder, 'data')
  const form = ['-A', 'trust', '-U', 'postgres', '--locale=C.UTF-8', '-E', 'UTF8', '-N']
  await run(join(programs, 'initdb'), ['-D', dataFolder, ...form], { ...user, cwd: folder })

  const url = `postgres://postgres@127.0.0.1:${port}/postgres`
  const server = await startServerProcess({
    command: join(programs, 'postgres'),
    args: ['-D', dataFolder, '-p', String(port), ...serverSettings(), ...args],
    folder,
    user,
    endSignal: 'SIGQUIT',
    probe: () => query(url),
  })
  return { url, createDatabase: () => createDatabase(url, []), ...server }
}

/** A test's data need survive the process and not the machine; the connections are for many pools at once. */
function serverSettings(): string[] {
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}

async function createDatabase(serverUrl: string, made: string[]): Promise<string> {
  const name = `rivulet_test_${randomBytes(6).toString('hex')}`
  await query(serverUrl, `create database ${name}`)
  made.push(name)
  const url = new URL(serverUrl)
  url.pathname = name
  return url.href
}

async function query(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000 })
  // Without a listener, a server that goes away takes this process along.
  client.on('error', () => {})
  try {
    await client.connect()
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}
