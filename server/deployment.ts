import 'server-only'
import { AppError } from '@/shared/errors/app-error'
import { env, type Env, SettingsError } from './env'

/** What a function needs that a machine has: its disk is not kept, and its instances share no memory. */
const neededOnVercel = ['DATABASE_URL', 'SESSION_SECRET', 'REDIS_URL'] as const

export type NeededSetting = (typeof neededOnVercel)[number]

type Given = Pick<Env, 'onVercel'> & Partial<Record<NeededSetting, string | undefined>>

export type Setup = {
  /** Whether requests can be answered. Without `REDIS_URL` alone they can: then no instance follows another's answer. */
  ready: boolean
  missing: NeededSetting[]
  /** What is wrong with the settings that are there, by name and without their values. */
  mistakes: string[]
}

/** The settings that a deployment lacks; always none on a machine of one's own. */
export function missingSettings(settings: Given): NeededSetting[] {
  return settings.onVercel ? neededOnVercel.filter((name) => !settings[name]) : []
}

/** How this deployment is set up, for the page and the log that say what to do. Never throws for a setting. */
export function readSetup(read: () => Given = env): Setup {
  try {
    const missing = missingSettings(read())
    return { ready: missing.every((name) => name === 'REDIS_URL'), missing, mistakes: [] }
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    return { ready: false, missing: [], mistakes: error.problems }
  }
}

/** Throws `AppError` where nothing could be kept: better no answer than one that is lost. */
export function requireSetup(setup: Setup = readSetup()): void {
  if (setup.ready) return
  const missing = setup.missing.join(', ')
  throw new AppError(
    'not-configured',
    missing
      ? `This deployment cannot keep anything yet. Set ${missing}, then deploy again.`
      : `Settings to correct: ${setup.mistakes.join('; ')}. Deploy again afterwards.`,
    { ...(missing && { missing }) },
  )
}
