/**
 * A text with what was just heard at its end, in the place of what was guessed before. Who has written on meanwhile keeps
 * that, and the guess with it.
 */
export function withHeard(
  text: string,
  { before, heard }: { before: string; heard: string },
): string {
  const kept = before !== '' && text.endsWith(before) ? text.slice(0, -before.length) : text
  return kept + spaced(kept, heard)
}

/** What is said goes on behind a space, but not in scripts that have none. */
function spaced(before: string, heard: string): string {
  const needsSpace = /[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、]$/u.test(
    before,
  )
  return needsSpace &&
    /^[\p{L}\p{N}]/u.test(heard) &&
    !/^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(heard)
    ? ` ${heard}`
    : heard
}
