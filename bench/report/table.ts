export type Row = readonly string[]

/** A Markdown table; columns of figures are right-aligned. */
export function markdownTable(head: Row, rows: readonly Row[]): string {
  const rule = head.map((_, column) => (column === 0 || !isFigures(rows, column) ? '---' : '--:'))
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function isFigures(rows: readonly Row[], column: number): boolean {
  return rows.every((row) => /^[≥<]?[0-9–—]/.test(row[column] ?? ''))
}

/** Three figures at most, as many as mean something. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '—'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toFixed(digits)
}
