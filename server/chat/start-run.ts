import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import { sentMessage, type ChatRequest } from '@/shared/chat/chat-request'
import { firstWords } from '@/shared/chat/title'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { BeginRun } from '../db/begin-run'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-registry'
import type { Services } from '../services'
import { shuttingDown } from './active-runs'
import { carryOutRun } from './carry-out-run'
import { liveRun } from './settle-runs'
import { stopRun } from './stop-run'

export type StartRunOptions = { services: Services; userId: string; request: ChatRequest }

/** A writer elsewhere that hears of it late stops within its renewal; past that the new answer is refused as busy. */
const makeWayMsMax = 5000
const makeWayPollMs = 25

export type StartedRun = {
  run: RunRow
  /** Resolves when the run has ended and its title is written. A request keeps the process alive for it, and no more. */
  finished: Promise<void>
}

/**
 * Starts a run for what the user sent, or finds the run that the same message started before (docs/protocol.md § 1,
 * rule 5). The run goes on without the request. Throws `AppError` when it can't start: nothing is stored then.
 */
export async function startRun({
  services,
  userId,
  request,
}: StartRunOptions): Promise<StartedRun> {
  if (services.activeRuns.draining) throw shuttingDown()
  const askedAt = services.now()
  const runId = services.newId()
  const begun = Promise.withResolvers<RunRow>()
  const finished = services.activeRuns.hold(runId, async () => {
    // Beside the database and not before it: the log may be as far away, and both wait for the first token.
    const opening = services.streamLog.open(runId)
    const begin = await prepareRun(services, { userId, runId, request, askedAt }).catch(
      async (error: unknown) => {
        await (await opening)?.close('interrupted')
        throw error
      },
    )
    const writer = await opening
    if (!writer) throw new Error(`The log of run ${runId} exists already.`)
    begun.resolve(begin.run)
    if (begin.status === 'started') await carryOutRun({ services, ...begin, writer })
    else await writer.close('interrupted')
  })
  finished.catch(begun.reject)
  const run = await begun.promise
  return {
    run,
    finished: finished.catch((error: unknown) => log.error('A run broke.', { runId, error })),
  }
}

async function prepareRun(
  services: Services,
  {
    userId,
    runId,
    request,
    askedAt,
  }: { userId: string; runId: string; request: ChatRequest; askedAt: number },
) {
  const chatId = request.id
  const model = await requireModel(services, { userId, chatId, asked: request.model })
  const intent = await makeWay(services, { userId, chatId, intent: intentOf(services, request) })
  const asked = { userId, chatId, runId, model: model.ref, askedAt }
  const begin = await beginRun(services, { ...intent, ...asked })
  return { ...begin, model }
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
      const message = requireText(services, request)
      return { kind: 'submit', requestKey: message.id, message, title: firstWords(message.text) }
    }
  }
}

function requireText(services: Services, request: ChatRequest): { id: string; text: string } {
  const message = sentMessage(request)
  const lengthMax = services.env.MESSAGE_LENGTH_MAX
  if (!message?.text.trim())
    throw new AppError(
      'empty-message',
      'The message has no text. Write something and send it again.',
    )
  if (message.text.length > lengthMax) {
    throw new AppError(
      'message-too-long',
      `The message has ${message.text.length} characters; ${lengthMax} are allowed. Shorten it or send it in parts.`,
      { length: message.text.length, lengthMax },
    )
  }
  return { id: message.id ?? services.newId(), text: message.text }
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

async function untilEnded(services: Services, runId: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < makeWayMsMax; waitedMs += makeWayPollMs) {
    const run = await services.db.runs.find({ runId })
    if (run?.status !== 'running') return
    await delay(makeWayPollMs)
  }
}

async function requireModel(
  services: Services,
  { userId, chatId, asked }: { userId: string; chatId: string; asked: ModelRef | undefined },
): Promise<ResolvedModel> {
  const chat = await services.db.chats.get({ userId, chatId })
  const remembered = chat?.model && (await services.models.resolve(chat.model))
  const model = asked
    ? await services.models.resolve(asked)
    : (remembered ?? (await services.models.resolve(undefined)))
  if (model) return model
  throw new AppError(
    'unknown-model',
    asked
      ? `There is no model ${asked.id} at ${asked.provider}. Choose one that GET /api/models lists.`
      : 'No model is at hand. Set OPENAI_API_KEY in .env.local, or start Ollama.',
  )
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
  const outcome = await services.db.runs.begin(begin)
  switch (outcome.status) {
    case 'busy':
      throw new AppError(
        'chat-busy',
        'An answer is being written in this chat. Wait for it or stop it, then send again.',
        { runId: outcome.runId },
      )
    case 'not-found':
      throw new AppError('not-found', 'There is no such chat or message.')
    default:
      return outcome
  }
}
