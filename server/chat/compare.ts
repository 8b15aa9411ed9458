import 'server-only'
import type { ChatRequest } from '@/shared/chat/chat-request'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import { modelNameOf } from '@/shared/models/model-ref'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { besideKey } from './beside-key'
import { launchRun, requireBegun } from './launch-run'
import { requireModel } from './require-model'
import { sendNextQueued } from './send-queued'

/** The other models that are to answer what is sent. Refuses all that would refuse one of them later. */
export async function requireOthers(
  services: Services,
  { userId, request }: { userId: string; request: ChatRequest },
): Promise<ResolvedModel[]> {
  const { id: chatId, trigger, compareWith = [] } = request
  if (compareWith.length === 0) return []
  if (trigger !== 'submit-message')
    throw new AppError('invalid-request', 'compareWith belongs to a message that is submitted.')
  return Promise.all(compareWith.map((asked) => requireModel(services, { userId, chatId, asked })))
}

/** Refuses to compare a model with itself, also where the message did not name the one that answers it. */
export function requireDifferent(models: readonly ModelRef[]): void {
  const names = models.map(modelNameOf)
  if (new Set(names).size < names.length)
    throw new AppError('invalid-request', 'A model is compared with itself. Name each once.')
}

/**
 * Lets other models answer the message that a run answers, each by a run of its own beside that one. Asked again for the
 * same message, nothing more is begun. What cannot be begun is missing; the other answers are none the worse for it.
 * Resolves once they are begun; `finished`, when all of them are written.
 */
export async function answerBeside(
  services: Services,
  { run, models }: { run: RunRow; models: readonly ResolvedModel[] },
): Promise<{ finished: Promise<unknown> }> {
  const { userId, chatId, requestKey: messageId } = run
  const started = models.map((model) =>
    launchRun(services, {
      onDone: (ended) => sendNextQueued(services, ended),
      begin: async (runId) => {
        const outcome = await services.db.runs.begin({
          kind: 'compare',
          userId,
          chatId,
          messageId,
          runId,
          answerId: services.newId(),
          requestKey: besideKey(messageId) + modelNameOf(model.ref),
          instance: services.instance,
          model: model.ref,
          now: services.now(),
        })
        return requireBegun(outcome, model)
      },
    }).catch((error: unknown) => {
      log.error('A model was not asked beside the others.', { chatId, model: model.ref, error })
      return undefined
    }),
  )
  const begun = await Promise.all(started)
  return { finished: Promise.all(begun.flatMap((each) => each?.finished ?? [])) }
}
