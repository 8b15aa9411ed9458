import 'server-only'
import { hostname } from 'node:os'
import { randomBytes } from 'node:crypto'
import type { RunError } from '@/shared/errors/run-error'
import { uuidV7 } from '@/shared/chat/uuid-v7'
import { sessionSecret } from './auth/session-secret'
import { ActiveRuns } from './chat/active-runs'
import { Checkpointer } from './chat/checkpointer'
import { runMsMax } from './chat/run-deadline'
import type { SilenceLimits } from './chat/watchdog'
import { openDatabase, type Database } from './db/database'
import { env, type Env } from './env'
import type { LiveEvents } from './live-events/live-events'
import { createMemoryLiveEvents } from './live-events/memory'
import { createRedisLiveEvents } from './live-events/redis'
import { log } from './log'
import type { Metrics } from './metrics/metrics'
import { createMetrics } from './metrics/prometheus'
import { modelSecrets } from './models/endpoints'
import { runErrorOf } from './models/model-error'
import { createModelRegistry, type ModelRegistry } from './models/model-registry'
import type { ResolvedModel } from './models/model-source'
import { createOwnModels, type OwnModels } from './models/own-models'
import { createMemoryRateLimiter } from './rate-limit/memory'
import type { RateLimiter } from './rate-limit/rate-limiter'
import { createRedisRateLimiter } from './rate-limit/redis'
import { connectRedis, type Redis } from './redis/redis'
import { createMemoryStreamLog } from './stream-log/memory'
import { createRedisStreamLog } from './stream-log/redis'
import type { StreamLog } from './stream-log/stream-log'
import { endpointPolicy } from './endpoints/endpoint-policy'
import { createKeyBox, type KeyBox } from './endpoints/key-box'

/** Everything the use cases need from outside, built once a process. Tests build their own with what they want to steer. */
export type Services = {
  env: Env
  db: Database
  streamLog: StreamLog
  liveEvents: LiveEvents
  models: ModelRegistry
  /** What users brought along; nothing where they may not. */
  ownModels: OwnModels | undefined
  /** Holds the keys of what they brought along. */
  keyBox: KeyBox
  rateLimiter: RateLimiter
  metrics: Metrics
  /** Turns what a provider threw into what the reader is told; strikes out the keys of these settings and of the model. */
  describeModelError: (error: unknown, model: Pick<ResolvedModel, 'own'>) => RunError
  activeRuns: ActiveRuns
  checkpointer: Checkpointer
  silenceLimits: SilenceLimits
  /** How long a run may take in all; without it, as long as its model does. */
  runMsMax: number | undefined
  /** Names this process in the rows of its runs: host, process id, and a part that no later process repeats. */
  instance: string
  now: () => number
  newId: () => string
}

export async function createServices(
  settings: Env,
  replaced: Partial<Services> = {},
): Promise<Services> {
  const now = replaced.now ?? Date.now
  const secrets = modelSecrets(settings)
  const policy = endpointPolicy(settings)
  const instance = `${hostname()}/${process.pid}/${randomBytes(6).toString('hex')}`
  const redis = openRedis(settings)
  const metrics: Metrics = createMetrics({ streamLogSize: () => streamLog.size() })
  const streamLog =
    replaced.streamLog ?? (redis ? createSharedLog(redis, metrics) : createMemoryStreamLog())
  const db = replaced.db ?? (await openSettingsDatabase(settings))
  return {
    env: settings,
    db,
    streamLog,
    liveEvents: redis ? createRedisLiveEvents(redis, instance) : createMemoryLiveEvents(),
    models: createModelRegistry({ env: settings, now }),
    ownModels: policy === 'off' ? undefined : createOwnModels({ policy, now }),
    keyBox: createKeyBox(() => [...(settings.ENDPOINT_KEY_SECRET ?? []), sessionSecret(settings)]),
    rateLimiter: redis ? createRedisRateLimiter(redis, now) : createMemoryRateLimiter(now),
    metrics,
    describeModelError: (error, { own }) =>
      runErrorOf(error, {
        secrets: [...secrets, ...(own?.secrets ?? [])],
        isOwn: Boolean(own),
        now,
      }),
    activeRuns: new ActiveRuns(),
    checkpointer: new Checkpointer(db),
    silenceLimits: {
      firstTokenMs: settings.MODEL_FIRST_TOKEN_SECONDS * 1000,
      betweenChunksMs: settings.MODEL_SILENCE_SECONDS * 1000,
      whileReasoningMs: settings.MODEL_SILENCE_SECONDS * 3000,
    },
    runMsMax: runMsMax(settings),
    instance,
    now,
    newId: () => uuidV7(now(), randomBytes(10)),
    ...replaced,
  }
}

function openSettingsDatabase(settings: Env): Promise<Database> {
  return openDatabase({
    dataDir: settings.dataDir,
    databaseUrl: settings.DATABASE_URL,
    poolMax: settings.DATABASE_POOL_MAX,
    connectTimeoutMs: settings.DATABASE_CONNECT_TIMEOUT_SECONDS * 1000,
    statementTimeoutMs: settings.DATABASE_STATEMENT_TIMEOUT_SECONDS * 1000,
  })
}

function openRedis(settings: Env): Redis | undefined {
  return settings.REDIS_URL === undefined
    ? undefined
    : connectRedis({
        url: settings.REDIS_URL,
        prefix: settings.REDIS_PREFIX,
        timeoutMs: settings.REDIS_TIMEOUT_SECONDS * 1000,
        onError: (error) => log.debug('The connection to Redis broke.', { error }),
      })
}

function createSharedLog(redis: Redis, metrics: Metrics): StreamLog {
  return createRedisStreamLog({
    redis,
    onFault: (fault) => metrics.streamLogFault(fault),
    onLeaseLost: () => metrics.leaseLost(),
  })
}

/** On `globalThis`, because Next bundles each route on its own and reloads modules in development. */
const holder: typeof globalThis & { rivuletServices?: Promise<Services> } = globalThis

export function services(): Promise<Services> {
  holder.rivuletServices ??= createServices(env()).catch((error: unknown) => {
    delete holder.rivuletServices
    throw error
  })
  return holder.rivuletServices
}
