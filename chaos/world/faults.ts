import type { RunningServer } from '@/e2e/fixtures/server'
import type { RedisServer } from '@/e2e/servers/redis'
import { drawInstanceFaults, drawRedisFaults, type RedisFault } from '../plan/server-faults'
import { pause } from '../readers/patience'
import type { World } from './world'

/** The end of one process, and when its successor was there. Times are milliseconds since the epoch. */
export type Death = {
  pid: number
  port: number
  signal: 'SIGKILL' | 'SIGTERM'
  at: number
  backAt: number | undefined
}

export type RedisSpell = { kind: RedisFault['kind']; from: number; to: number | undefined }

export type ServerFaults = {
  readonly deaths: readonly Death[]
  readonly redisSpells: readonly RedisSpell[]
  /** Lets the last faults pass, so that everything runs again. Rejects when something did not come back. */
  end(): Promise<void>
}

/** Kills and restarts servers as the seed has it: the instances, and Redis beside them. */
export function startServerFaults({ seed, world }: { seed: number; world: World }): ServerFaults {
  const over = new AbortController()
  const deaths: Death[] = []
  const redisSpells: RedisSpell[] = []

  /** At least one of several stays up, so that there is somebody to go to. */
  async function strikeInstances(): Promise<void> {
    const draw = drawInstanceFaults(seed)
    const struck = new Map<RunningServer, Promise<void>>()
    const downMax = Math.max(1, world.instances.length - 1)
    while (!over.signal.aborted) {
      const { afterMs, target, ...fault } = draw()
      while (struck.size >= downMax) await Promise.race(struck.values())
      await pause(afterMs, over.signal)
      const instance = upFrom(target, struck)
      if (!instance || over.signal.aborted) break
      const strike = strikeInstance(instance, fault).finally(() => struck.delete(instance))
      struck.set(instance, strike)
    }
    await Promise.all(struck.values())
  }

  function upFrom(
    target: number,
    struck: ReadonlyMap<RunningServer, unknown>,
  ): RunningServer | undefined {
    const first = target % world.instances.length
    const inTurn = [...world.instances.slice(first), ...world.instances.slice(0, first)]
    return inTurn.find((instance) => !struck.has(instance))
  }

  async function strikeInstance(
    instance: RunningServer,
    { signal, downMs }: { signal: Death['signal']; downMs: number },
  ): Promise<void> {
    const { pid, port } = instance
    const death: Death = { pid, port, signal, at: Date.now(), backAt: undefined }
    deaths.push(death)
    await instance.kill(signal)
    await pause(downMs, over.signal)
    await instance.restart()
    death.backAt = Date.now()
  }

  async function strikeRedis(redis: RedisServer): Promise<void> {
    const draw = drawRedisFaults(seed)
    while (!over.signal.aborted) {
      const { afterMs, kind, forMs } = draw()
      await pause(afterMs, over.signal)
      if (over.signal.aborted) return
      const spell: RedisSpell = { kind, from: Date.now(), to: undefined }
      redisSpells.push(spell)
      await redis.kill(kind === 'pause' ? 'SIGSTOP' : 'SIGKILL')
      await pause(forMs, over.signal)
      if (kind === 'pause') await redis.kill('SIGCONT')
      else await redis.restart()
      spell.to = Date.now()
    }
  }

  const lanes = [strikeInstances(), ...(world.redis ? [strikeRedis(world.redis)] : [])]
  for (const lane of lanes) lane.catch(() => undefined)
  return {
    deaths,
    redisSpells,
    async end() {
      over.abort()
      await Promise.all(lanes)
    },
  }
}
