import 'server-only'
import { hostname } from 'node:os'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { Services } from '../services'

/** How long a run of another process counts as alive after its last heartbeat. */
const heartbeatValidMs = 10_000

/**
 * The chat's running run. A run whose process is gone is interrupted here, when it is next looked at, with the text of
 * its last checkpoint (docs/protocol.md § 3).
 */
export async function liveRun(
  services: Services,
  chat: { userId: string; chatId: string },
): Promise<RunRow | undefined> {
  const run = await services.db.runs.active(chat)
  if (!run || isAlive(services, run)) return run
  await interrupt(services, run)
  return services.db.runs.active(chat)
}

/** Interrupts what earlier processes on this data left running, so that lists are right from the start. */
export async function settleRuns(services: Services): Promise<void> {
  for (const run of await services.db.runs.runningOf({})) {
    if (!isAlive(services, run)) await interrupt(services, run)
  }
}

async function interrupt(services: Services, run: RunRow): Promise<void> {
  if (!(await services.db.runs.interrupt({ runId: run.id, now: services.now() }))) return
  log.warn('A run was interrupted: its process is gone.', {
    runId: run.id,
    instance: run.instance,
  })
  services.liveEvents.publish(run.userId, {
    type: 'run-ended',
    chatId: run.chatId,
    runId: run.id,
    status: 'interrupted',
  })
}

function isAlive(services: Services, run: RunRow): boolean {
  if (run.instance === services.instance) return services.activeRuns.has(run.id)
  return services.now() - run.heartbeatAt < heartbeatValidMs && !isGoneFromThisHost(run.instance)
}

/**
 * Whether the run's process was on this host and is no more. A process with our own id was an earlier one: containers
 * give each start the same.
 */
function isGoneFromThisHost(instance: string): boolean {
  const [host, processId] = instance.split('/')
  if (host !== hostname()) return false
  return Number(processId) === process.pid || !processExists(Number(processId))
}

function processExists(processId: number): boolean {
  try {
    process.kill(processId, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
