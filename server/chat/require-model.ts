import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import type { ResolvedModel } from '../models/model-source'
import type { Services } from '../services'
import { resolveModel } from '../catalog/resolve-model'

/** The model asked for, else the one that the chat used last, else the default. Throws `unknown-model`. */
export async function requireModel(
  services: Services,
  { userId, chatId, asked }: { userId: string; chatId: string; asked: ModelRef | undefined },
): Promise<ResolvedModel> {
  const resolve = (ref: ModelRef | undefined) => resolveModel({ services, userId, ref })
  const chat = asked ? undefined : await services.db.chats.get({ userId, chatId })
  const remembered = chat?.model ? await resolve(chat.model) : undefined
  const model = asked ? await resolve(asked) : (remembered ?? (await resolve(undefined)))
  if (model) return model
  throw new AppError(
    'unknown-model',
    asked
      ? `There is no model ${asked.id} at ${asked.provider}. Choose one that GET /api/models lists.`
      : 'No model is at hand. Set OPENAI_API_KEY in .env.local, or start Ollama.',
  )
}
