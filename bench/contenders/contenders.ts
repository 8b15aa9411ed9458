import { settings } from '@/server/settings'
import { projectRoot } from '../machine/child'
import type { Contender, Launch, LaunchOptions } from './contender'
import { usualFolder } from './app-build'

const next = `${projectRoot}node_modules/next/dist/bin/next`
/** Lets the bench read the server's own count of its readers. */
export const metricsToken = 'the bench reads its gauges with this'
const sessionSecret = 'only the bench signs with this one secret'

export function contenders({ redisUrl }: { redisUrl: string | undefined }): Contender[] {
  if (redisUrl === undefined) return [ours, usual, raw]
  return [ours, oursWithRedis(redisUrl), usual, usualWithRedis(redisUrl), raw]
}

const ours: Contender = {
  id: 'ours',
  label: 'Rivulet, memory log',
  instances: 1,
  hasSessions: true,
  launch: (options) => launchOurs(options, {}),
}

const oursWithRedis = (redisUrl: string): Contender => ({
  id: 'ours-redis',
  label: 'Rivulet, Redis log',
  instances: 2,
  hasSessions: true,
  launch: (options) => launchOurs(options, { REDIS_URL: redisUrl }),
})

const usual: Contender = {
  id: 'usual',
  label: 'usual path: streamText on Next.js',
  instances: undefined,
  hasSessions: false,
  launch: (options) => launchUsual(options, {}),
}

const usualWithRedis = (redisUrl: string): Contender => ({
  id: 'usual-redis',
  label: 'usual path with resumable-stream',
  instances: 2,
  hasSessions: false,
  launch: (options) => launchUsual(options, { REDIS_URL: redisUrl }),
})

const raw: Contender = {
  id: 'raw',
  label: 'node:http by hand',
  instances: undefined,
  hasSessions: false,
  launch: () => ({
    args: ['--import', './bench/register.mjs', 'bench/processes/raw-server.ts'],
    environment: {},
  }),
}

function launchOurs(
  { port, url, dataDir }: LaunchOptions,
  environment: Record<string, string>,
): Launch {
  const unset = Object.fromEntries(Object.keys(settings).map((name) => [name, '']))
  return {
    args: [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    environment: {
      ...without(unset, 'OPENAI_BASE_URL'),
      NEXT_MANUAL_SIG_HANDLE: 'true',
      HOST: '127.0.0.1',
      PORT: String(port),
      RIVULET_URL: url,
      DATA_DIR: dataDir,
      SESSION_SECRET: sessionSecret,
      LOCAL_DISCOVERY: 'off',
      LOG_LEVEL: 'warn',
      METRICS_TOKEN: metricsToken,
      ...environment,
    },
  }
}

function launchUsual({ port }: LaunchOptions, environment: Record<string, string>): Launch {
  return {
    args: [next, 'start', '--hostname', '127.0.0.1', '--port', String(port)],
    environment,
    cwd: usualFolder,
  }
}

function without(record: Record<string, string>, name: string): Record<string, string> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name))
}
