import type { AnswerPlan } from '../plan/answer-plan'
import type { ReaderEnd } from '../readers/reader'
import type { Death, RedisSpell } from '../world/faults'
import type { Stored } from '../world/ledger'
import type { Said } from '../world/model'

/** All that is known of one answer when its readers have their ends. Times are milliseconds since the epoch. */
export type Evidence = {
  plan: AnswerPlan
  log: 'memory' | 'redis'
  startedAt: number
  endedAt: number
  said: Said
  stored: Stored
  ends: readonly ReaderEnd[]
  /** What whoever stopped it was told, and when. */
  stop: { at: number; stopped: boolean } | undefined
  deaths: readonly Death[]
  redisSpells: readonly RedisSpell[]
}
