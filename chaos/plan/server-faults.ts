import { createRandom, type Random } from './random'

/** What happens to a server, and how long after the one before it. */
export type InstanceFault = {
  afterMs: number
  signal: 'SIGKILL' | 'SIGTERM'
  /** Which one, counted round; the next one that is up. */
  target: number
  /** From its end to its next start. */
  downMs: number
}

export type RedisFault = {
  afterMs: number
  /** A restart loses all that Redis had. */
  kind: 'restart' | 'pause'
  forMs: number
}

export function drawInstanceFaults(seed: number): () => InstanceFault {
  const random = createRandom(`${seed}/instances`)
  return () => ({
    afterMs: random.whole(1000, 5000),
    signal: random.pick(['SIGKILL', 'SIGTERM']),
    target: random.whole(0, 99),
    downMs: shortTime(random),
  })
}

export function drawRedisFaults(seed: number): () => RedisFault {
  const random = createRandom(`${seed}/redis`)
  return () => ({
    afterMs: random.whole(2000, 10_000),
    kind: random.pick(['restart', 'pause']),
    forMs: shortTime(random),
  })
}

function shortTime(random: Random): number {
  return random.chance(0.3) ? 0 : random.whole(100, 1500)
}
