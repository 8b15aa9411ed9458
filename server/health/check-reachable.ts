import 'server-only'
import type { Services } from '../services'

export type Reachable = { database: boolean; streamLog: boolean }

type Pinged = Pick<Services, 'db' | 'streamLog'>

/** A check that takes longer has failed: whoever probes has a limit of their own. */
const timeoutMs = 1000

/** For this long the last check stands for the next, so that however many probe, the database is asked once a second. */
const validMs = 1000

const lastChecks = new WeakMap<Pinged, { at: number; result: Promise<Reachable> }>()

/** Whether what lies behind this process answers. */
export function checkReachable(services: Pinged | undefined): Promise<Reachable> {
  if (!services) return Promise.resolve({ database: false, streamLog: false })
  const now = performance.now()
  const last = lastChecks.get(services)
  if (last && now - last.at < validMs) return last.result
  const result = check(services)
  lastChecks.set(services, { at: now, result })
  return result
}

async function check({ db, streamLog }: Pinged): Promise<Reachable> {
  const [database, log] = await Promise.all([answers(db.ping()), answers(streamLog.ping())])
  return { database, streamLog: log }
}

async function answers(ping: Promise<void>): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>()
  const timer = setTimeout(resolve, timeoutMs, false)
  try {
    return await Promise.race([
      ping.then(
        () => true,
        () => false,
      ),
      late,
    ])
  } finally {
    clearTimeout(timer)
  }
}
