/** The time zone that a browser named, or that of this process when the name means nothing to `Intl`. */
export function timeZoneOf(name: string | undefined): string {
  const own = new Intl.DateTimeFormat('en').resolvedOptions().timeZone
  if (!name || name.length > 64) return own
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return own
  }
}
