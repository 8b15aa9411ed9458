import 'server-only'
import type { Kysely } from 'kysely'
import { type ChatPreset, type ChatSettings, chatPresetSchema } from '@/shared/chat/chat-settings'
import { defaultParameters, type ParametersChange } from '@/shared/models/parameters'
import { parametersOf } from '@/shared/models/parameters-schema'
import type { Connection } from './connection'
import { cleanText, decodeJson, encodeJson } from './json-codec'
import { lockChat } from './lock-chat'
import type { Tables } from './schema'

type ChatOfUser = { userId: string; chatId: string }

/** Somebody else's chat and a removed one are answered like an unknown one: nothing. */
export type ChatSettingsQueries = {
  /** Defaults where nothing was chosen. */
  get(chat: ChatOfUser): Promise<ChatSettings | undefined>
  /** Stores the parameters that the change names, and leaves the others. Answers all settings. */
  changeParameters(
    change: ChatOfUser & { parameters: ParametersChange },
  ): Promise<ChatSettings | undefined>
}

export function createChatSettingsQueries({
  kysely,
  transaction,
}: Connection): ChatSettingsQueries {
  return {
    get: (chat) => getSettings(kysely, chat),
    changeParameters: ({ parameters, ...chat }) =>
      transaction(async (inside) => {
        if (!(await lockChat(inside, chat))) return undefined
        const known = (await getSettings(inside, chat)) ?? noSettings
        const changed = { ...known, parameters: { ...known.parameters, ...parameters } }
        await writeChatSettings(inside, chat.chatId, changed)
        return changed
      }),
  }
}

/** Must run inside a transaction that holds the chat. */
export async function writeChatSettings(
  transaction: Kysely<Tables>,
  chatId: string,
  { preset, instructions, parameters }: ChatSettings,
): Promise<void> {
  await transaction
    .insertInto('chat_settings')
    .values({
      chat_id: chatId,
      preset: preset && encodeJson(preset),
      instructions: cleanText(instructions),
      parameters: encodeJson(parameters),
    })
    .onConflict((conflict) =>
      conflict
        .column('chat_id')
        .doUpdateSet((eb) => ({ parameters: eb.ref('excluded.parameters') })),
    )
    .execute()
}

const noSettings: ChatSettings = { preset: null, instructions: '', parameters: defaultParameters }

async function getSettings(
  kysely: Kysely<Tables>,
  { userId, chatId }: ChatOfUser,
): Promise<ChatSettings | undefined> {
  const row = await kysely
    .selectFrom('chats')
    .leftJoin('chat_settings', 'chat_settings.chat_id', 'chats.id')
    .where('chats.id', '=', chatId)
    .where('chats.user_id', '=', userId)
    .where('chats.removed_at', 'is', null)
    .select(['preset', 'instructions', 'parameters'])
    .executeTakeFirst()
  if (!row) return undefined
  return {
    preset: presetOf(row.preset),
    instructions: row.instructions ?? '',
    parameters: parametersOf(decodeJson(row.parameters)),
  }
}

function presetOf(column: unknown): ChatPreset | null {
  return chatPresetSchema.safeParse(decodeJson(column)).data ?? null
}
