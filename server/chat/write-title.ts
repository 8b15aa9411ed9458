import 'server-only'
import { messageText } from '@/shared/chat/message-text'
import { isTemporaryChat } from '@/shared/chat/temporary-chat'
import { cleanTitle } from '@/shared/chat/title'
import type { RunRow } from '../db/run-row'
import { log } from '../log'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { tellChanged } from './tell-changed'

const instruction =
  'Give this conversation a title of two to six words, in the language of the conversation. Answer with the title alone: no quotation marks, no full stop.'

const timeoutMs = 15_000
const excerptLength = 2000

/**
 * Asks the model for a title once the first answer is there; until then, and if it gives none, the first words of the
 * question stand. Never holds a stream open, never replaces a title that the user gave.
 */
export async function writeTitle({
  services,
  run,
  model,
}: {
  services: Services
  run: RunRow
  model: ResolvedModel
}): Promise<void> {
  if (isTemporaryChat(run.chatId)) return
  const chat = await services.db.chats.get(run)
  if (chat?.titleSource === 'first-words') {
    // The next question may have been sent already.
    const messages = await services.db.messages.pathTo(run)
    const answers = messages.filter(({ role }) => role === 'assistant')
    if (answers.length === 1 && answers[0]?.metadata?.status === 'done') {
      const title = await askForTitle({ services, run, model }, messages.map(messageText))
      if (title)
        await services.db.chats.setTitle({ ...run, title, source: 'model', now: services.now() })
    }
  }
  await tellChanged(services, run)
}

async function askForTitle(
  { services, run, model }: { services: Services; run: RunRow; model: ResolvedModel },
  [question = '', answer = '']: string[],
): Promise<string | undefined> {
  const conversation = `${question.slice(0, excerptLength)}\n\n${answer.slice(0, excerptLength)}`
  try {
    const { content } = await model.model.doGenerate({
      prompt: [
        { role: 'system', content: instruction },
        { role: 'user', content: [{ type: 'text', text: conversation }] },
      ],
      abortSignal: AbortSignal.any([
        AbortSignal.timeout(timeoutMs),
        services.activeRuns.shutdownSignal,
      ]),
      ...(model.providerOptions && { providerOptions: model.providerOptions }),
    })
    return cleanTitle(content.map((part) => (part.type === 'text' ? part.text : '')).join(''))
  } catch (error) {
    const { code } = services.describeModelError(error, model)
    log.info('The model gave no title; the first words stay.', { runId: run.id, code })
    return undefined
  }
}
