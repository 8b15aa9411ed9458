import 'server-only'
import { version } from '@/package.json'
import { readSetup } from '../deployment'
import type { Env } from '../env'
import { endpointsOf } from '../models/endpoints'
import type { Services } from '../services'
import { checkReachable } from './check-reachable'

/** What anybody may know of this deployment: no secrets, and no names of the machines behind it. */
export type Health = {
  status: 'ok' | 'unavailable'
  live: true
  /** Whether requests should be sent here. */
  ready: boolean
  /** The process is about to leave. */
  draining: boolean
  version: string
  node: string
  database: { engine: 'sqlite' | 'postgres'; reachable: boolean }
  streamLog: { kind: 'memory' | 'redis'; reachable: boolean }
  /** How many model endpoints the settings name. */
  models: { configured: number; localDiscovery: boolean }
  /** What the deployment lacks, in words. */
  missing: string[]
}

/** How things stand. `open` gives the services; that they can't be built is an answer too. Never throws. */
export async function readHealth(
  settings: Env,
  open: () => Promise<Pick<Services, 'db' | 'streamLog' | 'activeRuns'>>,
): Promise<Health> {
  const setup = readSetup(() => settings)
  const services = setup.ready ? await open().catch(() => undefined) : undefined
  const reachable = await checkReachable(services)
  const draining = services?.activeRuns.draining ?? false
  const ready = reachable.database && !draining
  const endpoints = endpointsOf(settings)
  return {
    status: ready ? 'ok' : 'unavailable',
    live: true,
    ready,
    draining,
    version,
    node: process.version,
    database: {
      engine: settings.DATABASE_URL ? 'postgres' : 'sqlite',
      reachable: reachable.database,
    },
    streamLog: { kind: settings.REDIS_URL ? 'redis' : 'memory', reachable: reachable.streamLog },
    models: {
      configured: endpoints.filter(({ kind }) => kind !== 'local').length,
      localDiscovery: endpoints.some(({ kind }) => kind === 'local'),
    },
    missing: missingWords(settings),
  }
}

function missingWords(settings: Env): string[] {
  const { DATABASE_URL, REDIS_URL, SESSION_SECRET, onVercel } = settings
  const shared = DATABASE_URL !== undefined || onVercel
  return [
    ...(onVercel && !DATABASE_URL ? ['DATABASE_URL: without it nothing is kept here.'] : []),
    ...(onVercel && !SESSION_SECRET
      ? ['SESSION_SECRET: without it no instance knows the sessions of another.']
      : []),
    ...(shared && !REDIS_URL
      ? [
          'REDIS_URL: without it an answer can be followed live only on the instance that writes it.',
        ]
      : []),
    ...(endpointsOf(settings).length === 0
      ? ['OPENAI_API_KEY or another model: until then a scripted demo answers.']
      : []),
  ]
}
