import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '@/e2e/fixtures/free-port'
import { serverCore, startChild, type Child } from '../machine/child'

/** One way to get a model's answer to a reader. */
export type Contender = {
  id: string
  label: string
  /** Servers that share one run, of which the last is asked for a resume; nothing when answers can't be taken up again. */
  instances: number | undefined
  /** Whether each reader needs the session of a user. */
  hasSessions: boolean
  launch(options: LaunchOptions): Launch
}

export type LaunchOptions = { port: number; url: string; dataDir: string }
export type Launch = { args: readonly string[]; environment: Record<string, string>; cwd?: string }

export type Server = { url: string; child: Child; stop(): Promise<void> }

const startTimeoutMs = 30_000
const probe = new URL('../processes/probe.mjs', import.meta.url).href

/** Starts the contender's server alone on its core and waits until it answers. */
export async function startServer(
  contender: Contender,
  { upstreamUrl, dataDir }: { upstreamUrl: string; dataDir: string },
): Promise<Server> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const { args, environment, cwd } = contender.launch({ port, url, dataDir })
  const child = startChild(['--import', probe, ...args], {
    core: serverCore,
    environment: {
      ...baseEnvironment(),
      OPENAI_BASE_URL: upstreamUrl,
      PORT: String(port),
      ...environment,
    },
    ...(cwd !== undefined && { cwd }),
  })
  await answering(url, child)
  return { url, child, stop: () => child.stop() }
}

/** No setting of this shell reaches a server. */
function baseEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env
  return { PATH, HOME, NEXT_TELEMETRY_DISABLED: '1' }
}

async function answering(url: string, { process: child, output }: Child): Promise<void> {
  const deadline = performance.now() + startTimeoutMs
  while (child.exitCode === null && performance.now() < deadline) {
    const response = await fetch(`${url}/api/models`).catch(() => undefined)
    await response?.body?.cancel()
    if (response) return
    await delay(25)
  }
  throw new Error(`A server does not answer:\n${output()}`)
}
