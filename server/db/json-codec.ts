import 'server-only'

const replacement = '\uFFFD'

/** Text that both engines store: Postgres refuses NUL and lone surrogates, so U+FFFD stands for each. */
export function cleanText(text: string): string {
  return text.toWellFormed().replaceAll('\0', replacement)
}

/** JSON with every text and name in it cleaned. */
export function encodeJson(value: unknown): string {
  return JSON.stringify(value, (_name, entry: unknown) => {
    if (typeof entry === 'string') return cleanText(entry)
    return isRecord(entry) ? withCleanNames(entry) : entry
  })
}

/** Reads a JSON column: SQLite hands out its text, Postgres its value. */
export function decodeJson(column: unknown): unknown {
  return typeof column === 'string' ? JSON.parse(column) : column
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function withCleanNames(record: Record<string, unknown>): Record<string, unknown> {
  const names = Object.keys(record)
  if (names.every((name) => cleanText(name) === name)) return record
  return Object.fromEntries(names.map((name) => [cleanText(name), record[name]]))
}
