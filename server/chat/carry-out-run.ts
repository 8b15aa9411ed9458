import 'server-only'
import type { Services } from '../services'
import { executeRun, type RunCompletion, type RunTask } from './execute-run'
import { tellChanged } from './tell-changed'
import { writeTitle } from './write-title'

/** Writes the answer, and tells the user's tabs and devices of it before and after. */
export async function carryOutRun(task: RunTask): Promise<RunCompletion> {
  const { services, run, model } = task
  await tellStarted(services, run)
  const completion = await executeRun(task)
  if (completion !== 'left' && completion !== 'short') await writeTitle({ services, run, model })
  return completion
}

async function tellStarted(services: Services, run: RunTask['run']): Promise<void> {
  services.liveEvents.publish(run.userId, {
    type: 'run-started',
    chatId: run.chatId,
    runId: run.id,
  })
  // Other tabs may not know the chat yet; if they do, it is the latest of their list now.
  await tellChanged(services, run)
}
