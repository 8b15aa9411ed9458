import { createHash } from 'node:crypto'

/** Draws that a seed decides: the same seed, the same draws in the same order. */
export type Random = {
  /** From 0 up to 1. */
  next(): number
  /** A whole number, both bounds included. */
  whole(min: number, max: number): number
  /** A whole number, small ones as likely as large ones by their order of magnitude. */
  magnitude(min: number, max: number): number
  chance(probability: number): boolean
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  /** Draws of their own: how many are taken there changes nothing here. */
  fork(name: string): Random
}

export function createRandom(seed: string): Random {
  const next = smallFastCounter(seed)
  const whole = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    whole,
    magnitude: (min, max) => Math.round(min * (max / min) ** next()),
    chance: (probability) => next() < probability,
    pick: (items) => items[whole(0, items.length - 1)] ?? items[0],
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

/** Chris Doty-Humphrey’s sfc32: small, fast, and its period is far beyond what a run draws. */
function smallFastCounter(seed: string): () => number {
  const digest = createHash('sha256').update(seed).digest()
  let [a, b, c, counter] = [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as Four
  return () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    return (sum >>> 0) / 2 ** 32
  }
}

/** Four offsets give four numbers. */
type Four = [number, number, number, number]
