import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { RunRow } from '../db/run-row'
import type { Services } from '../services'
import { besideKey } from './beside-key'

/**
 * Stops a run, named by its id so that a newer one is never hit, and with it those that were begun beside it for the same
 * message. False when it had ended already, however it did.
 */
export async function stopRun({
  services,
  userId,
  chatId,
  runId,
}: {
  services: Services
  userId: string
  chatId: string
  runId: string
}): Promise<boolean> {
  const run = await services.db.runs.get({ userId, runId })
  if (run?.chatId !== chatId) throw new AppError('not-found', 'There is no such run in this chat.')
  if (run.status !== 'running') return false
  const running = await services.db.runs.running({ userId, chatIds: [chatId] })
  const isBeside = ({ requestKey }: RunRow) => requestKey.startsWith(besideKey(run.requestKey))
  for (const beside of running.filter(isBeside)) await stop(services, beside.id)
  return stop(services, runId)
}

async function stop(services: Services, runId: string): Promise<boolean> {
  if (await cancelInLog(services, runId)) return true
  if (services.activeRuns.has(runId)) return false
  // A writer that shares no log with this process hears of it at its next checkpoint or heartbeat.
  return services.db.runs.requestStop({ runId, now: services.now() })
}

/** A log that cannot be reached is no reason not to stop: there is another way. */
async function cancelInLog({ streamLog }: Services, runId: string): Promise<boolean> {
  try {
    return await streamLog.cancel(runId)
  } catch (error) {
    if (error instanceof AppError) return false
    throw error
  }
}
