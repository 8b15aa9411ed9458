import 'server-only'

/** Whether the browser speaks HTTPS: to this server, or to the proxy in front of it. */
export function isHttps(request: Request): boolean {
  const protocol = request.headers.get('x-forwarded-proto') ?? new URL(request.url).protocol
  return protocol.startsWith('https')
}
