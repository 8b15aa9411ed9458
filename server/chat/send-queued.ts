import 'server-only'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import { AppError } from '@/shared/errors/app-error'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { Services } from '../services'
import { type Begun, launchRun, requireBegun, type StartedRun } from './launch-run'
import { requireModel } from './require-model'

type ChatOfUser = { userId: string; chatId: string }

/** How often the head of a queue may change under the one who sends it. */
const triesMax = 3

/** An answer that has less time than this in a function of a platform is better asked for by a request of its own. */
const functionMsMin = 30_000

/**
 * Sends what waits first, once an answer is done: the server does so by itself (docs/protocol.md § 5). What cannot be sent
 * goes on waiting, and the user sees it. Never throws; resolves when that answer, and those behind it, are written.
 */
export async function sendNextQueued(services: Services, run: RunRow): Promise<void> {
  try {
    const withTime = inFunctionOf(services, run)
    const started = withTime && (await startFirst(withTime, run))
    await started?.finished
  } catch (error) {
    log.warn('A queued message was not sent; it waits.', { chatId: run.chatId, error })
  }
}

/** Starts a run for a message that is the first of its queue. Throws `not-found` when it is not, or no longer. */
export function startQueued(
  services: Services,
  { userId, chatId }: ChatOfUser,
  queued: QueuedMessage,
): Promise<StartedRun> {
  const begin = (runId: string) => beginQueued(services, { userId, chatId, runId, queued })
  return launchRun(services, { begin, onDone: (run) => sendNextQueued(services, run) })
}

export function tellQueueChanged(services: Services, { userId, chatId }: ChatOfUser): void {
  services.liveEvents.publish(userId, { type: 'queue-changed', chatId })
}

async function startFirst(services: Services, chat: ChatOfUser): Promise<StartedRun | undefined> {
  for (let tries = 0; tries < triesMax && !services.activeRuns.draining; tries += 1) {
    const [first] = await services.db.queue.list(chat)
    if (!first) return undefined
    const started = await startQueued(services, chat, first).catch(unlessChanged)
    if (started) return started
  }
  return undefined
}

function unlessChanged(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'not-found') return undefined
  throw error
}

async function beginQueued(
  services: Services,
  { queued, ...asked }: ChatOfUser & { runId: string; queued: QueuedMessage },
): Promise<Begun> {
  const model = await requireModel(services, { ...asked, asked: queued.model ?? undefined })
  const outcome = await services.db.runs.beginQueued({
    ...asked,
    queuedId: queued.id,
    answerId: services.newId(),
    instance: services.instance,
    model: model.ref,
    now: services.now(),
  })
  return requireBegun(outcome, model)
}

/** On Vercel the next answer is written in the function of this one, which ends when it has to. */
function inFunctionOf(services: Services, { startedAt }: RunRow): Services | undefined {
  const { env, runMsMax, now } = services
  if (!env.onVercel || runMsMax === undefined) return services
  const left = runMsMax - (now() - startedAt)
  return left < functionMsMin ? undefined : { ...services, runMsMax: left }
}
