import 'server-only'
import type { QueuedMessage } from '@/shared/chat/queued-message'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import { log } from '../log'
import type { Services } from '../services'
import { requireModel } from './require-model'
import { requireText } from './require-text'
import { startQueued, tellQueueChanged } from './send-queued'
import { liveRun } from './settle-runs'
import { stopRun } from './stop-run'
import { untilEnded } from './until-ended'

type OwnChat = { services: Services; userId: string; chatId: string }
type OwnQueued = OwnChat & { id: string }

/** Of one chat. */
export const queueLengthMax = 20

/** How a queue stands after a change; `finished` when that has started an answer. */
export type QueueChange = { queue: QueuedMessage[]; finished?: Promise<void> }

export async function loadQueue({ services, ...chat }: OwnChat): Promise<QueuedMessage[]> {
  if (!(await services.db.chats.get(chat))) throw notFound()
  return services.db.queue.list(chat)
}

/**
 * Lets a message wait for the end of the answer that is being written. Where that has ended meanwhile, and nothing else
 * waits, it is sent at once. The same id again changes nothing.
 */
export async function queueMessage({
  services,
  id,
  text,
  model,
  ...chat
}: OwnQueued & { text: string; model?: ModelRef | undefined }): Promise<QueueChange> {
  const written = requireText(services, text)
  if (model) await requireModel(services, { ...chat, asked: model })
  await liveRun(services, chat)
  const added = await services.db.queue.add({
    ...chat,
    id,
    text: written,
    model,
    lengthMax: queueLengthMax,
    now: services.now(),
  })
  switch (added.status) {
    case 'not-found':
      throw notFound()
    case 'full':
      throw full()
    case 'known':
      return { queue: await services.db.queue.list(chat) }
    case 'added':
      tellQueueChanged(services, chat)
      return added.isNext ? sendAtOnce(services, chat) : changed(services, chat)
  }
}

type QueuedChange = {
  text?: string | undefined
  model?: ModelRef | undefined
  position?: number | undefined
}

/** Throws `not-queued` when the message does not wait, or no longer: it has been sent. */
export async function changeQueued({
  services,
  text,
  model,
  position,
  ...queued
}: OwnQueued & QueuedChange): Promise<QueueChange> {
  const written = text === undefined ? undefined : requireText(services, text)
  if (model) await requireModel(services, { ...queued, asked: model })
  if (!(await services.db.queue.change({ ...queued, text: written, model, position })))
    throw notWaiting()
  tellQueueChanged(services, queued)
  return changed(services, queued)
}

export async function removeQueued({ services, ...queued }: OwnQueued): Promise<QueueChange> {
  if (!(await services.db.queue.remove(queued))) throw notWaiting()
  tellQueueChanged(services, queued)
  return changed(services, queued)
}

/** Sends a waiting message before the others, now: the answer that is being written is stopped for it. */
export async function sendQueuedNow({ services, ...queued }: OwnQueued): Promise<QueueChange> {
  await requireItsModel(services, queued)
  // First in its queue, it is the next to be sent whatever becomes of the running answer.
  if (!(await services.db.queue.change({ ...queued, position: 0 }))) throw notWaiting()
  tellQueueChanged(services, queued)
  const running = await liveRun(services, queued)
  if (running && running.requestKey !== queued.id) {
    await stopRun({ services, ...queued, runId: running.id })
    await untilEnded(services, running.id)
  }
  const [first] = await services.db.queue.list(queued)
  if (first?.id !== queued.id) return changed(services, queued)
  const { finished } = await startQueued(services, queued, first)
  return { ...(await changed(services, queued)), finished }
}

/** Before anything is stopped for it. */
async function requireItsModel(services: Services, { id, ...chat }: Omit<OwnQueued, 'services'>) {
  const queued = (await services.db.queue.list(chat)).find((waiting) => waiting.id === id)
  if (queued) await requireModel(services, { ...chat, asked: queued.model ?? undefined })
}

/** A message that cannot be sent just then waits, like any other. */
async function sendAtOnce(
  services: Services,
  chat: { userId: string; chatId: string },
): Promise<QueueChange> {
  const [first] = await services.db.queue.list(chat)
  const started = first && (await startQueued(services, chat, first).catch(waits))
  const { queue } = await changed(services, chat)
  return { queue, ...(started && { finished: started.finished }) }

  function waits(error: unknown): undefined {
    log.info('A message waits that was to be sent at once.', { chatId: chat.chatId, error })
  }
}

async function changed(
  services: Services,
  chat: { userId: string; chatId: string },
): Promise<QueueChange> {
  return { queue: await services.db.queue.list(chat) }
}

function notFound(): AppError {
  return new AppError('not-found', 'There is no such chat.')
}

function notWaiting(): AppError {
  return new AppError('not-queued', 'This message does not wait, or no longer: it has been sent.')
}

function full(): AppError {
  return new AppError(
    'queue-full',
    `${queueLengthMax} messages wait in this chat already. Remove one, or wait until one is sent.`,
    { lengthMax: queueLengthMax },
  )
}
