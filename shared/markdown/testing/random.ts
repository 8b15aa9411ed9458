/** A sequence of numbers that looks random and is always the same: whole numbers from 0 up to `below`. */
export function createRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A document of `length` pieces drawn from `pieces`. */
export function drawDocument(
  random: (below: number) => number,
  pieces: readonly string[],
  length: number,
): string {
  return Array.from({ length }, () => pieces[random(pieces.length)]).join('')
}
