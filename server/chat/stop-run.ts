import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { Services } from '../services'

/** Stops a run, named by its id so that a newer one is never hit. False when it had ended already, however it did. */
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
  return run.status === 'running' && (await services.streamLog.cancel(runId))
}
