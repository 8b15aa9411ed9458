/** The level of the first heading, 1 to 6, outside of fenced code; nothing when there is none. */
export function firstHeadingLevel(text: string): number | undefined {
  let fence: string | undefined
  for (const line of text.split('\n')) {
    const marker = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence !== undefined) {
      if (marker?.startsWith(fence)) fence = undefined
    } else if (marker !== undefined) {
      fence = marker
    } else {
      const level = /^ {0,3}(#{1,6})(?:\s|$)/.exec(line)?.[1]?.length
      if (level !== undefined) return level
    }
  }
  return undefined
}
