type Scan = { fence: string | undefined; displayIndent: string | undefined }

/**
 * Writes TeX’s own delimiters, `\(…\)` and `\[…\]`, and a display formula on one line, in the way the Markdown parser
 * knows: `$$`. Code stays as it is. Linear in the text’s length.
 */
export function normalizeMathDelimiters(text: string): string {
  if (!text.includes('\\(') && !text.includes('\\[') && !text.includes('$$')) return text
  const scan: Scan = { fence: undefined, displayIndent: undefined }
  return text
    .split('\n')
    .map((line) => convertLine(line, scan))
    .join('\n')
}

function convertLine(line: string, scan: Scan): string {
  const fence = /^\s*(?:[>*+-]\s+|\d+[.)]\s+)*(`{3,}|~{3,})/.exec(line)?.[1]
  if (scan.fence !== undefined) {
    if (fence?.startsWith(scan.fence)) scan.fence = undefined
    return line
  }
  if (fence !== undefined) {
    scan.fence = fence
    return line
  }
  const display = /^(\s*)\$\$(?!\$)(.+?)\$\$\s*$/.exec(line)
  if (display && !display[2]?.includes('$$')) return fenced(display[1] ?? '', display[2] ?? '')
  return line.includes('\\') ? convertDelimiters(line, scan) : line
}

function fenced(indent: string, formula: string): string {
  return `${indent}$$\n${indent}${formula.trim()}\n${indent}$$`
}

function convertDelimiters(line: string, scan: Scan): string {
  let result = ''
  let position = 0
  while (position < line.length) {
    const character = line[position]
    if (character === '`') {
      const end = endOfCode(line, position)
      result += line.slice(position, end)
      position = end
    } else if (character === '\\') {
      result += convertEscape({ line, position, before: result, scan })
      position += 2
    } else {
      result += character
      position += 1
    }
  }
  return result
}

function endOfCode(line: string, start: number): number {
  const ticks = /^`+/.exec(line.slice(start))?.[0] ?? '`'
  const close = line.indexOf(ticks, start + ticks.length)
  return close < 0 ? start + ticks.length : close + ticks.length
}

type Escape = { line: string; position: number; before: string; scan: Scan }

function convertEscape({ line, position, before, scan }: Escape): string {
  const next = line[position + 1] ?? ''
  if (next === '(' || next === ')') return '$$'
  if (next === '[') {
    if (before.trim() !== '') return '$$'
    scan.displayIndent = before
    return line.slice(position + 2).trim() === '' ? '$$' : `$$\n${before}`
  }
  if (next === ']') {
    const indent = scan.displayIndent
    scan.displayIndent = undefined
    if (indent === undefined || before.trim() === '') return '$$'
    return `\n${indent}$$`
  }
  return `\\${next}`
}
