import 'server-only'
import type { Env } from '../env'

/** How long Vercel lets a function run, in seconds: `maxDuration` in vercel.json, which a test keeps equal. */
export const functionSecondsMax = 300

/** What an answer needs to end in good order before its function does. */
const endingSeconds = 10

/** How long a run may take in all, in milliseconds; nothing for no limit. */
export function runMsMax({
  RUN_SECONDS_MAX,
  onVercel,
}: Pick<Env, 'RUN_SECONDS_MAX' | 'onVercel'>): number | undefined {
  const platform = onVercel ? functionSecondsMax - endingSeconds : undefined
  const seconds = Math.min(RUN_SECONDS_MAX ?? Infinity, platform ?? Infinity)
  return Number.isFinite(seconds) ? seconds * 1000 : undefined
}
