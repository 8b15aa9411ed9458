const paddingEm = 0.5
const lineEm = 1.5
const fractionLineEm = 2.7
const limitsLineEm = 3.3
const heightMaxEm = 40

const withLimits = /\\(?:sum|prod|coprod|big(?:cup|cap|oplus)|(?:over|under)brace)/
const withFraction = /\\(?:[dc]?frac|d?binom|lim|o?i*int)/

/**
 * About how high a display formula stands, in em of the text around it: a line for each `\\`, a higher one where it has
 * fractions or limits.
 */
export function estimateHeightEm(tex: string): number {
  let height = paddingEm
  let start = 0
  while (height < heightMaxEm) {
    const end = tex.indexOf('\\\\', start)
    height += lineHeightEm(tex.slice(start, end === -1 ? tex.length : end))
    if (end === -1) return height
    start = end + 2
  }
  return heightMaxEm
}

function lineHeightEm(line: string): number {
  if (withLimits.test(line)) return limitsLineEm
  return withFraction.test(line) ? fractionLineEm : lineEm
}
