import 'server-only'
import { sentMessage, type ChatRequest } from '@/shared/chat/chat-request'
import type { ChatSettings } from '@/shared/chat/chat-settings'
import { firstWords } from '@/shared/chat/title'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { BeginRun } from '../db/run-to-begin'
import type { Services } from '../services'
import { settingsToBegin } from './chat-settings'
import { answerBeside, requireDifferent, requireOthers } from './compare'
import { type Begun, launchRun, requireBegun, type StartedRun } from './launch-run'
import { requireModel } from './require-model'
import { requireText } from './require-text'
import { sendNextQueued } from './send-queued'
import { liveRun } from './settle-runs'
import { stopRun } from './stop-run'
import { sweepTemporaryChats } from './temporary-chats'
import { untilEnded } from './until-ended'

export type StartRunOptions = { services: Services; userId: string; request: ChatRequest }

/** Several may ask for different answers at once: each waits for those that were begun before its own. */
const makeWayAttemptsMax = 5

/**
 * Starts a run for what the user sent, or finds the run that the same message started before (docs/protocol.md § 1,
 * rule 5). The run goes on without the request. Throws `AppError` when it can't start: nothing is stored then.
 */
export async function startRun(options: StartRunOptions): Promise<StartedRun> {
  const { services } = options
  const { run, finished } = await startAll(options)
  if (!services.env.onVercel) return { run, finished }
  // No timer runs in a function: whoever asks for an answer sees to what others have left.
  return { run, finished: finished.then(() => sweepTemporaryChats(services)) }
}

async function startAll({ services, userId, request }: StartRunOptions): Promise<StartedRun> {
  const askedAt = services.now()
  const others = await requireOthers(services, { userId, request })
  const { run, finished } = await launchRun(services, {
    begin: (runId) => prepareRun(services, { userId, runId, request, askedAt }),
    onDone: (ended) => sendNextQueued(services, ended),
  })
  if (others.length === 0) return { run, finished }
  const beside = await answerBeside(services, { run, models: others })
  return { run, finished: Promise.all([finished, beside.finished]).then(() => undefined) }
}

async function prepareRun(
  services: Services,
  {
    userId,
    runId,
    request,
    askedAt,
  }: { userId: string; runId: string; request: ChatRequest; askedAt: number },
): Promise<Begun> {
  const chatId = request.id
  const beginning = await settingsToBegin({
    services,
    userId,
    chatId,
    begin: request.begin,
    wantsModel: request.model === undefined,
  })
  const askedModel = request.model ?? beginning?.model
  const model = await requireModel(services, { userId, chatId, asked: askedModel })
  if (request.compareWith) requireDifferent([model.ref, ...request.compareWith])
  const intent = intentOf(services, request)
  const asked = { userId, chatId, runId, model: model.ref, askedAt, settings: beginning?.settings }
  const attemptsMax = endsOthers(intent) ? makeWayAttemptsMax : 1
  for (let attempt = 1; ; attempt += 1) {
    const possible = await makeWay(services, { userId, chatId, intent })
    const outcome = await beginRun(services, { ...possible, ...asked })
    if (outcome.status !== 'busy' || attempt === attemptsMax) return requireBegun(outcome, model)
  }
}

type Intent =
  | {
      kind: 'submit'
      requestKey: string
      message: { id: string; text: string }
      parentId?: string | null
      title: string
    }
  | { kind: 'regenerate'; requestKey: string; messageId?: string }
  | { kind: 'continue'; requestKey: string; messageId: string }

function intentOf(services: Services, request: ChatRequest): Intent {
  const { messageId, parentId, begin } = request
  if (begin && request.trigger !== 'submit-message')
    throw new AppError('invalid-request', 'begin belongs to a message that is submitted.')
  if (parentId !== undefined && request.trigger !== 'submit-message')
    throw new AppError('invalid-request', 'parentId belongs to a message that is submitted.')
  switch (request.trigger) {
    case 'regenerate-message':
      return {
        kind: 'regenerate',
        requestKey: `regenerate:${messageId ?? ''}`,
        ...(messageId && { messageId }),
      }
    case 'continue-message':
      if (!messageId)
        throw new AppError('invalid-request', 'messageId is missing: name the answer to continue.')
      return { kind: 'continue', requestKey: `continue:${messageId}`, messageId }
    case 'submit-message': {
      const message = requireMessage(services, request)
      return {
        kind: 'submit',
        requestKey: message.id,
        message,
        title: firstWords(message.text),
        ...(parentId !== undefined && { parentId }),
      }
    }
  }
}

function requireMessage(services: Services, request: ChatRequest): { id: string; text: string } {
  const message = sentMessage(request)
  return { id: message?.id ?? services.newId(), text: requireText(services, message?.text) }
}

/** A message with a place of its own is another version of one that is there; any other goes on at the end. */
function endsOthers(intent: Intent): boolean {
  return intent.kind !== 'submit' || intent.parentId !== undefined
}

/**
 * Another answer in place of the one being written ends that one first, and so does an edited message; a new one does not
 * (docs/protocol.md § 6, row 27). Asked twice for the same, nothing is ended.
 */
async function makeWay(
  services: Services,
  { userId, chatId, intent }: { userId: string; chatId: string; intent: Intent },
): Promise<Intent> {
  const running = await liveRun(services, { userId, chatId })
  if (!running || !endsOthers(intent) || running.requestKey === intent.requestKey) return intent
  if (await isStored(services, { userId, chatId, intent })) return intent
  const replaced = intent.kind !== 'submit' && intent.messageId === running.messageId
  const answer = replaced ? await services.db.messages.get(running) : undefined
  await stopRun({ services, userId, chatId, runId: running.id })
  await untilEnded(services, running.id)
  if (intent.kind !== 'regenerate') return intent
  // The answer is gone if nothing had been written yet; its question is the same.
  const messageId = answer?.metadata?.parentId ?? intent.messageId
  return messageId ? { ...intent, messageId } : intent
}

/** Whether the message came before; then its run, over or not, is found by it. */
async function isStored(
  { db }: Services,
  { userId, chatId, intent }: { userId: string; chatId: string; intent: Intent },
): Promise<boolean> {
  if (intent.kind !== 'submit') return false
  return (await db.messages.get({ userId, chatId, messageId: intent.message.id })) !== undefined
}

async function beginRun(
  services: Services,
  options: Intent & {
    userId: string
    chatId: string
    runId: string
    model: ModelRef
    askedAt: number
    settings: ChatSettings | undefined
  },
) {
  const now = services.now()
  await services.db.users.ensure({ userId: options.userId, now })
  const begin: BeginRun = {
    ...options,
    answerId: services.newId(),
    instance: services.instance,
    now,
  }
  return services.db.runs.begin(begin)
}
