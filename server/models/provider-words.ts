import 'server-only'

/** What a provider said about a failure, from whichever shape it said it in. */
export type ProviderWords = { message?: string; code?: string; type?: string; status?: number }

/**
 * Reads OpenAI's `{error: {message, code, type}}` and `{type: 'error', message, code}`, `response.failed`, and what other
 * servers send in their place: `{error: '…'}`, `{object: 'error', message}`, `{detail}`, a list of one, the JSON as text.
 */
export function providerWords(value: unknown, depth = 0): ProviderWords | undefined {
  if (depth > 4) return undefined
  if (typeof value === 'string') return wordsOfText(value, depth)
  if (Array.isArray(value)) return providerWords(value[0], depth + 1)
  if (!isRecord(value)) return undefined
  const inner = value['error'] ?? field(value['response'], 'error') ?? value['detail']
  if (inner !== undefined && inner !== null) {
    const words = providerWords(inner, depth + 1)
    if (words) return { ...kindOf(value), ...words }
  }
  const message = value['message'] ?? value['msg']
  return typeof message === 'string' ? { ...kindOf(value), message } : undefined
}

function wordsOfText(text: string, depth: number): ProviderWords | undefined {
  const trimmed = text.trim()
  if (/^[{[]/.test(trimmed)) return providerWords(parsed(trimmed), depth + 1)
  const isHtml = trimmed.startsWith('<')
  return trimmed && !isHtml ? { message: trimmed } : undefined
}

function kindOf(value: Record<string, unknown>): ProviderWords {
  const { code, type } = value
  const status = [value['statusCode'], value['status'], code]
    .map(Number)
    .find((number) => number >= 400 && number < 600)
  return {
    ...(typeof code === 'string' && { code }),
    ...(typeof type === 'string' && { type }),
    ...(status !== undefined && { status }),
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
