import 'server-only'
import { sentMessage, type ChatRequest } from '@/shared/chat/chat-request'
import { firstWords } from '@/shared/chat/title'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { BeginRun } from '../db/begin-run'
import type { Services } from '../services'
import { type Begun, launchRun, requireBegun, type StartedRun } from './launch-run'
import { requireModel } from './require-model'
import { requireText } from './require-text'
import { sendNextQueued } from './send-queued'
import { liveRun } from './settle-runs'
import { stopRun } from './stop-run'
import { untilEnded } from './until-ended'

export type StartRunOptions = { services: Services; userId: string; request: ChatRequest }

/**
 * Starts a run for what the user sent, or finds the run that the same message started before (docs/protocol.md § 1,
 * rule 5). The run goes on without the request. Throws `AppError` when it can't start: nothing is stored then.
 */
export function startRun({ services, userId, request }: StartRunOptions): Promise<StartedRun> {
  const askedAt = services.now()
  return launchRun(services, {
    begin: (runId) => prepareRun(services, { userId, runId, request, askedAt }),
    onDone: (run) => sendNextQueued(services, run),
  })
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
  const model = await requireModel(services, { userId, chatId, asked: request.model })
  const intent = await makeWay(services, { userId, chatId, intent: intentOf(services, request) })
  const asked = { userId, chatId, runId, model: model.ref, askedAt }
  return requireBegun(await beginRun(services, { ...intent, ...asked }), model)
}

type Intent =
  | { kind: 'submit'; requestKey: string; message: { id: string; text: string }; title: string }
  | { kind: 'regenerate'; requestKey: string; messageId?: string }
  | { kind: 'continue'; requestKey: string; messageId: string }

function intentOf(services: Services, request: ChatRequest): Intent {
  const { messageId } = request
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
      return { kind: 'submit', requestKey: message.id, message, title: firstWords(message.text) }
    }
  }
}

function requireMessage(services: Services, request: ChatRequest): { id: string; text: string } {
  const message = sentMessage(request)
  return { id: message?.id ?? services.newId(), text: requireText(services, message?.text) }
}

/**
 * Another answer in place of the one being written ends that one first; a new message does not (docs/protocol.md § 6, row
 * 27). Asked twice for the same, nothing is ended.
 */
async function makeWay(
  services: Services,
  { userId, chatId, intent }: { userId: string; chatId: string; intent: Intent },
): Promise<Intent> {
  const running = await liveRun(services, { userId, chatId })
  if (!running || intent.kind === 'submit' || running.requestKey === intent.requestKey)
    return intent
  const replaced = intent.messageId === running.messageId
  const answer = replaced ? await services.db.messages.get(running) : undefined
  await stopRun({ services, userId, chatId, runId: running.id })
  await untilEnded(services, running.id)
  // The answer is gone if nothing had been written yet; its question is the same.
  const messageId = answer?.metadata?.parentId ?? intent.messageId
  return intent.kind === 'regenerate' && messageId ? { ...intent, messageId } : intent
}

async function beginRun(
  services: Services,
  options: Intent & {
    userId: string
    chatId: string
    runId: string
    model: ModelRef
    askedAt: number
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
