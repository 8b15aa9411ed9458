import 'server-only'
import { instructionsOf } from '@/shared/settings/instructions'
import type { Services } from '../services'

/** What the user tells every model, as it stands when a run starts. Never logged. */
export async function loadInstructions(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<string | undefined> {
  return instructionsOf(await db.userSettings.get({ userId }))
}
