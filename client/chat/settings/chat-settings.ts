import type { ChatSettings } from '@/shared/chat/chat-settings'
import {
  defaultParameters,
  type Parameters,
  type ParametersChange,
} from '@/shared/models/parameters'
import type { Preset } from '@/shared/presets/preset'
import { chatPath } from '../../api/chat-api'
import { browserFetch, requestJson } from '../../api/http'
import { presetIdOf } from '../../presets/preset-address'
import { presets } from '../../presets/presets'
import { createSettingsStore, type SettingsStore } from '../../settings/settings-store'
import { browserTimers } from '../../stream/timers'
import type { ChatSession } from '../chat-session'
import { beginnings } from './beginnings'

/** The parameters, each by its name, and what stands beside them. */
export type ShownChatSettings = Parameters & Pick<ChatSettings, 'preset' | 'instructions'>

export type ChatSettingsStore = SettingsStore<ShownChatSettings, ParametersChange>

const stores = new Map<ChatSession, ChatSettingsStore>()
/** As many chats as are likely to be gone back to. */
const storesMax = 20

/**
 * The settings of a chat, in this tab. Loaded when somebody looks at them.
 * @param isNew whether the chat was begun on this page: until its first message is sent, they are kept here
 */
export function chatSettingsOf(session: ChatSession, isNew: boolean): ChatSettingsStore {
  const known = stores.get(session)
  if (known) return known
  const isStored = () => !isNew || session.store.messageIds.length > 0
  const store = createSettingsStore<ShownChatSettings, ParametersChange>({
    load: () => (isStored() ? request(session) : begun(session)),
    save: (parameters) =>
      isStored()
        ? request(session, { method: 'PATCH', body: { parameters } })
        : keep(session, parameters),
    show: () => undefined,
    onStored: () => undefined,
    timers: browserTimers,
  })
  for (const oldest of stores.keys()) if (stores.size >= storesMax) stores.delete(oldest)
  stores.set(session, store)
  return store
}

/** Of one chat, or of all that were looked at. */
export async function refreshChatSettings(session?: ChatSession): Promise<void> {
  const followed = [...stores].filter(([of]) => !session || of === session)
  await Promise.all(followed.map(([, store]) => store.refresh()))
}

function keep(session: ChatSession, parameters: ParametersChange): Promise<ShownChatSettings> {
  const begin = beginnings.get(session.chatId)
  beginnings.set(session.chatId, { ...begin, parameters: { ...begin?.parameters, ...parameters } })
  return begun(session)
}

async function begun({ chatId }: ChatSession): Promise<ShownChatSettings> {
  const preset = await chosenPreset()
  return {
    preset,
    instructions: preset?.instructions ?? '',
    ...(preset?.parameters ?? defaultParameters),
    ...beginnings.get(chatId)?.parameters,
  }
}

/** The one that the address of the new chat names. */
async function chosenPreset(): Promise<Preset | null> {
  const id = presetIdOf(new URLSearchParams(window.location.search))
  if (id === null) return null
  if (!presets.getSnapshot().items) await presets.load()
  return presets.getSnapshot().items?.find((preset) => preset.id === id) ?? null
}

async function request(
  { chatId }: ChatSession,
  options: { method?: string; body?: unknown } = {},
): Promise<ShownChatSettings> {
  const schema = async () => (await import('@/shared/chat/chat-settings')).chatSettingsSchema
  const path = `${chatPath(chatId)}/settings`
  const { parameters, ...beside } = await requestJson(browserFetch, path, { schema, ...options })
  return { ...beside, ...parameters }
}
