import { once } from 'node:events'
import { connect } from 'node:net'
import { findRedisServer } from '../../scripts/find-servers.mjs'
import { freePort } from '../fixtures/free-port'
import { makeServerFolder, startServerProcess } from './server-process'

/** A Redis that keeps nothing on the disk. */
export type RedisServer = {
  readonly url: string
  readonly port: number
  /** Resolves once the process has ended; at once for SIGSTOP and SIGCONT. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts it on the same port, empty; ends it first if it still runs. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export type RedisOptions = {
  port?: number
  /** More arguments of `redis-server`, such as `['--maxmemory', '2mb']`; they need a server of our own. */
  args?: readonly string[]
}

/**
 * The Redis named by `REDIS_URL`, else one of our own on a free port of loopback. Nothing when there is neither, which
 * callers say loudly.
 */
export async function startRedis(options: RedisOptions = {}): Promise<RedisServer | undefined> {
  const url = process.env['REDIS_URL']?.trim()
  if (url) return redisOfEnvironment(url, options)
  const command = findRedisServer()
  return command ? launchRedis(command, options) : undefined
}

function redisOfEnvironment(url: string, { port, args }: RedisOptions): RedisServer {
  const refuse = (wish: string) =>
    new Error(
      `The Redis of REDIS_URL can't be ${wish}. Unset REDIS_URL to test with a private one.`,
    )
  if (port !== undefined || args !== undefined) throw refuse('set up anew')
  return {
    url,
    port: Number(new URL(url).port || 6379),
    kill: () => Promise.reject(refuse('killed')),
    restart: () => Promise.reject(refuse('restarted')),
    stop: () => Promise.resolve(),
  }
}

async function launchRedis(
  command: string,
  { port: asked, args = [] }: RedisOptions,
): Promise<RedisServer> {
  const port = asked ?? (await freePort())
  const folder = await makeServerFolder('redis')
  const inMemory = ['--save', '', '--appendonly', 'no', '--dir', folder]
  const server = await startServerProcess({
    command,
    args: ['--bind', '127.0.0.1', '--port', String(port), ...inMemory, ...args],
    folder,
    endSignal: 'SIGKILL',
    probe: () => ping(port),
  })
  return { url: `redis://127.0.0.1:${port}`, port, ...server }
}

async function ping(port: number): Promise<void> {
  const socket = connect({ host: '127.0.0.1', port, timeout: 1000 })
  socket.once('timeout', () => socket.destroy(new Error('Redis is silent.')))
  try {
    socket.write('PING\r\n')
    const [reply]: unknown[] = await once(socket, 'data')
    if (!String(reply).startsWith('+PONG')) throw new Error('Redis is not ready.')
  } finally {
    socket.destroy()
  }
}
