import 'server-only'
import { log } from '../log'
import type { Services } from '../services'
import { executeRun, type RunCompletion, type RunTask } from './execute-run'
import { tellChanged } from './tell-changed'
import { writeTitle } from './write-title'

/**
 * Writes the answer, and tells the user's tabs and devices of it before and after. `onDone` waits for no title. An answer
 * beside the chat's own begins no title, and what was queued waits for it only where the chat goes on with it.
 */
export async function carryOutRun(
  task: RunTask,
  onDone: () => Promise<void>,
): Promise<RunCompletion> {
  const { services, run, model } = task
  if (run.kind === 'compare') return carryOutBeside(task, onDone)
  // Nobody waits for this: the model is asked meanwhile.
  const told = tellStarted(services, run)
  const completion = await executeRun(task)
  if (completion === 'done') void onDone()
  await told
  if (completion !== 'left' && completion !== 'short') await writeTitle({ services, run, model })
  return completion
}

async function carryOutBeside(task: RunTask, onDone: () => Promise<void>): Promise<RunCompletion> {
  const { services, run } = task
  services.liveEvents.publish(run.userId, { type: 'comparison-changed', chatId: run.chatId })
  const completion = await executeRun(task)
  const chat = completion === 'done' ? await services.db.chats.get(run) : undefined
  if (chat?.selectedLeafId === run.messageId) void onDone()
  return completion
}

async function tellStarted(services: Services, run: RunTask['run']): Promise<void> {
  services.liveEvents.publish(run.userId, {
    type: 'run-started',
    chatId: run.chatId,
    runId: run.id,
  })
  try {
    // Other tabs may not know the chat yet; if they do, it is the latest of their list now.
    await tellChanged(services, run)
  } catch (error) {
    log.warn('Other tabs were not told of a run.', { runId: run.id, error })
  }
}
