const lineEm = 1.6
const tallLineEm = 2.7
const heightMaxEm = 40

const tall =
  /\\(?:[dtc]?frac|d?binom|sum|prod|i*int|oint|lim|big(?:cup|cap)|(?:over|under)(?:brace|set)|xrightarrow)/

/**
 * About how high a display formula stands, in em of the text around it: a line for each `\\`, a higher one where it has
 * fractions or limits.
 */
export function estimateHeightEm(tex: string): number {
  let height = 0
  let start = 0
  while (height < heightMaxEm) {
    const end = tex.indexOf('\\\\', start)
    height += tall.test(tex.slice(start, end === -1 ? tex.length : end)) ? tallLineEm : lineEm
    if (end === -1) return height
    start = end + 2
  }
  return heightMaxEm
}
