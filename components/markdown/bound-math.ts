type Node = {
  type: string
  tagName?: string
  value?: string
  properties?: { className?: unknown }
  children?: Node[]
}

const formulaLengthMax = 8_000
const braceDepthMax = 60

/**
 * Leaves formulas that are too long or nested too deep as plain code, before KaTeX sees them: its parser recurses, and a
 * hostile one would hold the page.
 */
export function boundMath() {
  return (tree: Node) => visit(tree)
}

function visit(node: Node): void {
  if (isMath(node) && !isBounded(textOf(node))) {
    node.properties = {}
    return
  }
  for (const child of node.children ?? []) visit(child)
}

function isMath(node: Node): boolean {
  const classes = node.properties?.className
  return (
    Array.isArray(classes) &&
    classes.some(
      (name) => name === 'language-math' || name === 'math-inline' || name === 'math-display',
    )
  )
}

function isBounded(formula: string): boolean {
  if (formula.length > formulaLengthMax) return false
  let depth = 0
  for (const character of formula) {
    if (character === '{') depth += 1
    else if (character === '}') depth -= 1
    if (depth > braceDepthMax) return false
  }
  return true
}

function textOf(node: Node): string {
  return node.value ?? (node.children ?? []).map(textOf).join('')
}
