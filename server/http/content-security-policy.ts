import 'server-only'

/**
 * Nothing from elsewhere, no script without this response's nonce. Inline styles are allowed: KaTeX and the animation of
 * menus set them, and a style attribute runs nothing.
 */
export function contentSecurityPolicy({
  nonce,
  production,
}: {
  nonce: string
  production: boolean
}): string {
  const script = [
    "'self'",
    `'nonce-${nonce}'`,
    "'strict-dynamic'",
    ...(production ? [] : ["'unsafe-eval'"]),
  ]
  const directives = {
    'default-src': ["'self'"],
    'script-src': script,
    // Said for itself: from `script-src` a worker would take `strict-dynamic`, under which 'self' counts for nothing.
    'worker-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...(production ? [] : ['ws:'])],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  }
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')
}
