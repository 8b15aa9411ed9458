import 'server-only'
import { env } from './env'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]
type Fields = Record<string, unknown>

const secretName = /key|secret|token|authorization|cookie|password/i
const secretText = /\b(sk|rk|pk)-[A-Za-z0-9_-]{8,}|Bearer\s+[^\s"']+/g

/** Strikes out what looks like a key, for texts that came from elsewhere. */
export function redact(text: string): string {
  return text.replaceAll(secretText, '[redacted]')
}

/** One JSON line an entry, on stderr from `warn` up. The only place that writes to the console. */
function write(level: Level, message: string, fields: Fields): void {
  if (levels.indexOf(level) < levels.indexOf(env().LOG_LEVEL)) return
  const line = JSON.stringify(
    { time: new Date().toISOString(), level, message, ...fields },
    redactEntry,
  )
  if (level === 'warn' || level === 'error') console.error(line)
  else console.log(line)
}

function redactEntry(name: string, value: unknown): unknown {
  if (name && secretName.test(name) && typeof value === 'string') return '[redacted]'
  if (value instanceof Error)
    return {
      name: value.name,
      message: redact(value.message),
      stack: value.stack && redact(value.stack),
    }
  return typeof value === 'string' ? redact(value) : value
}

export const log = {
  debug: (message: string, fields: Fields = {}) => write('debug', message, fields),
  info: (message: string, fields: Fields = {}) => write('info', message, fields),
  warn: (message: string, fields: Fields = {}) => write('warn', message, fields),
  error: (message: string, fields: Fields = {}) => write('error', message, fields),
}
