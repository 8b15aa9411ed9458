import 'server-only'

/** What the keys of those requests begin with that were made beside the one of this key. */
export function besideKey(requestKey: string): string {
  return `compare:${requestKey}:`
}
