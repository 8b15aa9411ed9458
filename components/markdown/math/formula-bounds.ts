const lengthMax = 4_000
const definingLengthMax = 400
const braceDepthMax = 60
const expansionsMax = 1_000
const definingExpansionsMax = 100

const definition = /\\(?:[gex]?def|let|futurelet|[a-z]*command)/

/**
 * How many macros KaTeX may expand in a formula, or nothing if it must not see the formula at all. Its parser recurses,
 * and one definition used often makes millions of tokens of a few thousand characters: either would hold the page.
 */
export function expansionsOf(tex: string): number | undefined {
  if (tex.length > lengthMax || isNestedTooDeep(tex)) return undefined
  if (!definition.test(tex)) return expansionsMax
  return tex.length > definingLengthMax ? undefined : definingExpansionsMax
}

function isNestedTooDeep(tex: string): boolean {
  let depth = 0
  for (let index = 0; index < tex.length; index += 1) {
    const character = tex[index]
    if (character === '\\') index += 1
    else if (character === '{') depth += 1
    else if (character === '}') depth -= 1
    if (depth > braceDepthMax) return true
  }
  return false
}
