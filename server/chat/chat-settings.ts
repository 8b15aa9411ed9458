import 'server-only'
import type { ChatBeginning, ChatSettings } from '@/shared/chat/chat-settings'
import { AppError } from '@/shared/errors/app-error'
import type { ModelRef } from '@/shared/models/model-catalog'
import { defaultParameters, type ParametersChange } from '@/shared/models/parameters'
import type { Services } from '../services'
import { resolveModel } from '../catalog/resolve-model'

type OwnChat = { services: Services; userId: string; chatId: string }

export async function loadChatSettings({ services, ...chat }: OwnChat): Promise<ChatSettings> {
  return required(await services.db.chatSettings.get(chat))
}

/** Takes effect with the next answer. Tells the user's other tabs and devices. */
export async function changeParameters({
  services,
  parameters,
  ...chat
}: OwnChat & { parameters: ParametersChange }): Promise<ChatSettings> {
  const changed = required(await services.db.chatSettings.changeParameters({ ...chat, parameters }))
  services.liveEvents.publish(chat.userId, { type: 'chat-settings-changed', chatId: chat.chatId })
  return changed
}

/**
 * What a new chat begins with: the preset as it is now, and the parameters that were chosen beside it. Nothing for a chat
 * that is there: it keeps what it has, also when its first message comes a second time.
 */
export async function settingsToBegin({
  services,
  begin,
  wantsModel,
  ...chat
}: OwnChat & {
  begin: ChatBeginning | undefined
  /** Whether the preset's model is to answer, for no other was asked for. */
  wantsModel: boolean
}): Promise<{ settings: ChatSettings; model: ModelRef | undefined } | undefined> {
  if (!begin || (await services.db.chats.get(chat))) return undefined
  const { userId } = chat
  const id = begin.preset
  const preset = id === undefined ? undefined : await services.db.presets.get({ userId, id })
  if (id !== undefined && !preset) throw noPreset()
  const isAtHand =
    wantsModel && preset?.model && (await resolveModel({ services, userId, ref: preset.model }))
  return {
    settings: {
      preset: preset ? { id: preset.id, name: preset.name, icon: preset.icon } : null,
      instructions: preset?.instructions ?? '',
      parameters: { ...(preset?.parameters ?? defaultParameters), ...begin.parameters },
    },
    model: isAtHand ? isAtHand.ref : undefined,
  }
}

function required(settings: ChatSettings | undefined): ChatSettings {
  if (!settings) throw new AppError('not-found', 'There is no such chat.')
  return settings
}

function noPreset(): AppError {
  return new AppError(
    'unknown-preset',
    'There is no such preset. GET /api/presets lists those there are.',
  )
}
