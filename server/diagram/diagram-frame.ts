import 'server-only'
import { randomBytes } from 'node:crypto'

/**
 * A page for a sandboxed frame of ours. It may run the one script that it names, with what that imports, and ask for
 * nothing else. A nonce says so, for a page without an origin has no `'self'` in every browser.
 */
export function diagramFrame(): Response {
  const nonce = randomBytes(16).toString('base64')
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "style-src 'unsafe-inline'",
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    'sandbox allow-scripts',
  ].join('; ')
  return new Response(page(nonce), {
    headers: {
      'cache-control': 'no-store',
      'content-security-policy': policy,
      'content-type': 'text/html; charset=utf-8',
    },
  })
}

function page(nonce: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Diagrams</title><body><script type="module" nonce="${nonce}" src="frame.mjs"></script></body></html>`
}
