import 'server-only'

const lengthMax = 2_048

/**
 * The one parser of addresses that users give: http or https, a host, a path. No credentials, no query, and nothing that
 * parsers read in different ways. What comes back is written as `fetch` reads it, so a host in decimal is an address by then.
 */
export function parseEndpointUrl(text: string): URL | undefined {
  const given = text.trim()
  if (given.length > lengthMax || /[\\@?#\s\p{Cc}\p{Cf}]/u.test(given)) return undefined
  const url = /^https?:\/\//i.test(given) ? URL.parse(given) : null
  if (!url) return undefined
  url.pathname = url.pathname.replace(/\/+$/, '')
  return url
}
