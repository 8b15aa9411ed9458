import 'server-only'
import { leftTemporaryKeptMs, temporaryKeptMs } from '@/shared/chat/temporary-chat'
import { AppError } from '@/shared/errors/app-error'
import { log } from '../log'
import type { Services } from '../services'
import { liveRuns } from './settle-runs'
import { stopRun } from './stop-run'
import { untilEnded } from './until-ended'

const closeMsMax = 5_000

type ChatOfUser = { userId: string; chatId: string }

/**
 * Says that a page shows a temporary chat, or has been left: how long the chat is kept depends on it. Throws `not-found`
 * when there is none to show; to leave one that is gone is as good.
 */
export async function holdTemporaryChat({
  services,
  isLeft,
  ...chat
}: ChatOfUser & { services: Services; isLeft: boolean }): Promise<void> {
  const until = services.now() + (isLeft ? leftTemporaryKeptMs : temporaryKeptMs)
  const isHeld = await services.db.temporaryChats.hold({ ...chat, until })
  if (!isHeld && !isLeft)
    throw new AppError('not-found', 'There is no such temporary chat, or no longer.')
}

/**
 * Deletes a temporary chat for good: its answer is stopped, its rows go, and so do the logs of its runs, here and on other
 * instances. Of what it used the numbers stay. Throws `not-found` when there is none.
 */
export async function closeTemporaryChat(services: Services, chat: ChatOfUser): Promise<void> {
  const { userId, chatId } = chat
  for (const run of await liveRuns(services, { userId, chatIds: [chatId] })) {
    await stopRun({ services, userId, chatId, runId: run.id })
    await untilEnded(services, run.id)
  }
  const runIds = await services.db.temporaryChats.erase(chat)
  if (!runIds) throw new AppError('not-found', 'There is no such temporary chat, or no longer.')
  services.liveEvents.publish(chat.userId, { type: 'chat-removed', chatId: chat.chatId })
  await Promise.all(runIds.map((runId) => forgetLog(services, runId)))
}

/** Closes those whose page has not been heard of. Never throws; one that can't be closed now is when it is next looked at. */
export async function sweepTemporaryChats(services: Services): Promise<void> {
  try {
    for (const chat of await services.db.temporaryChats.expired({ now: services.now() }))
      await closeTemporaryChat(services, chat).catch(unlessGone)
  } catch (error) {
    log.warn('Temporary chats could not be looked after.', { error })
  }
}

/** A log that cannot be reached goes by itself, some minutes after its end. */
async function forgetLog(services: Services, runId: string): Promise<void> {
  try {
    await untilClosed(services, runId)
    await services.streamLog.forget(runId)
  } catch (error) {
    log.warn('The log of a temporary chat could not be deleted now.', { runId, error })
  }
}

/** The end is saved before it is told: a log that goes in between would be written anew. */
async function untilClosed({ streamLog }: Services, runId: string): Promise<void> {
  const head = await streamLog.head(runId)
  if (!head || head.end) return
  const signal = AbortSignal.timeout(closeMsMax)
  const rest = streamLog.read(runId, { after: head.seq, signal })[Symbol.asyncIterator]()
  while (!(await rest.next()).done);
}

/** Another instance was quicker. */
function unlessGone(error: unknown): void {
  if (!(error instanceof AppError && error.code === 'not-found')) throw error
}
