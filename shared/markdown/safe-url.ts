const allowedProtocols = new Set(['https:', 'http:', 'mailto:'])

export type SafeUrl = { href: string; host: string }

/** The address a link may lead to, and the host (or mail address) a reader should see; nothing when it may not. */
export function safeUrl(text: string | undefined): SafeUrl | undefined {
  if (!text || !/^(https?:\/\/|mailto:)/i.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (!allowedProtocols.has(url.protocol) || url.username || url.password) return undefined
  return { href: url.href, host: url.protocol === 'mailto:' ? url.pathname : url.host }
}
