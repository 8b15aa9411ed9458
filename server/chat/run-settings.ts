import 'server-only'
import { defaultParameters, type Parameters } from '@/shared/models/parameters'
import { instructionsOf } from '@/shared/settings/instructions'
import type { Services } from '../services'

export type RunSettings = { instructions: string | undefined; parameters: Parameters }

/** What the user tells every model, and the model of this chat, as it stands when a run starts. Never logged. */
export async function loadRunSettings(
  { db }: Pick<Services, 'db'>,
  chat: { userId: string; chatId: string },
): Promise<RunSettings> {
  const [user, own] = await Promise.all([db.userSettings.get(chat), db.chatSettings.get(chat)])
  const instructions = [instructionsOf(user), own?.instructions.trim()].filter(Boolean)
  return {
    instructions: instructions.length > 0 ? instructions.join('\n\n') : undefined,
    parameters: own?.parameters ?? defaultParameters,
  }
}
