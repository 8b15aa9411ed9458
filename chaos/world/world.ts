import { randomBytes } from 'node:crypto'
import { startServer, type RunningServer } from '@/e2e/fixtures/server'
import { Session } from '@/e2e/fixtures/session'
import { startPostgres } from '@/e2e/servers/postgres'
import { startRedis, type RedisServer } from '@/e2e/servers/redis'
import { startFront, type Front, type FrontEvent } from './front'
import { openPostgresLedger, openSqliteLedger, type Ledger } from './ledger'
import { startModel, type Model } from './model'

/** Everything that runs: the model, the servers, and the proxy between them and the readers. */
export type World = {
  readonly front: Front
  readonly model: Model
  readonly instances: readonly RunningServer[]
  /** Nothing with the memory log. */
  readonly redis: RedisServer | undefined
  readonly ledger: Ledger
  /** Some users; each answer belongs to one of them. */
  readonly cookies: readonly [string, ...string[]]
  stop(): Promise<void>
}

export type WorldOptions = {
  log: 'memory' | 'redis'
  instances: number
  onFrontEvent: (event: FrontEvent) => void
}

const users = 12

/** Starts it all. What has been started is stopped again when something does not start. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const cleanUp = new AsyncDisposableStack()
  try {
    return await build(options, cleanUp)
  } catch (error) {
    await cleanUp.disposeAsync()
    throw error
  }
}

async function build(options: WorldOptions, cleanUp: AsyncDisposableStack): Promise<World> {
  const model = cleanUp.adopt(await startModel(), (it) => it.close())
  const shared = options.log === 'redis' ? await startShared(cleanUp) : undefined
  const env = { ...modelSettings(model), ...shared?.settings }
  const count = shared ? options.instances : 1
  const started = await Promise.allSettled(
    Array.from({ length: count }, () => startServer({ env })),
  )
  const instances = started.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  for (const instance of instances) cleanUp.adopt(instance, (it) => it.stop())
  for (const each of started) if (each.status === 'rejected') throw each.reason
  const targets = instances.map(({ url }) => url)
  const front = cleanUp.adopt(await startFront({ targets, onEvent: options.onFrontEvent }), (it) =>
    it.close(),
  )
  const ledger = shared
    ? openPostgresLedger(shared.databaseUrl)
    : openSqliteLedger(instances[0]?.dataDir ?? '')
  cleanUp.adopt(ledger, (it) => it.close())
  return {
    front,
    model,
    instances,
    redis: shared?.redis,
    ledger,
    cookies: await openSessions(front.url),
    stop: () => cleanUp.disposeAsync(),
  }
}

async function startShared(cleanUp: AsyncDisposableStack) {
  const redis = await startRedis()
  if (!redis) throw new Error('Redis is missing. Install redis-server, or use --log memory.')
  cleanUp.adopt(redis, (it) => it.stop())
  const postgres = await startPostgres()
  if (!postgres) throw new Error('Postgres is missing. Install postgresql, or use --log memory.')
  cleanUp.adopt(postgres, (it) => it.stop())
  const databaseUrl = await postgres.createDatabase()
  const settings = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_PREFIX: `chaos-${randomBytes(4).toString('hex')}:`,
    SESSION_SECRET: randomBytes(32).toString('base64'),
  }
  return { redis, databaseUrl, settings }
}

/** The model by both APIs, as two endpoints. */
function modelSettings({ baseUrl, apiKey }: Model): Record<string, string> {
  return {
    OPENAI_API_KEY: apiKey,
    OPENAI_RESPONSES_URL: baseUrl,
    MODEL_ENDPOINTS: JSON.stringify([{ id: 'upstream', name: 'Upstream', baseUrl, apiKey }]),
    DEFAULT_MODEL: 'upstream/test-model',
    LOG_LEVEL: 'warn',
  }
}

async function openSessions(url: string): Promise<[string, ...string[]]> {
  const { cookie } = await Session.open(url)
  const others = await Promise.all(
    Array.from({ length: users - 1 }, async () => (await Session.open(url)).cookie),
  )
  return [cookie, ...others]
}
