import 'server-only'

const windowLength = 3

/**
 * A phrase in pieces of three words, the last of each the first of the next: what has all of them has the phrase, all but
 * surely. A long phrase of words that are everywhere, and which is nowhere, would have an engine compare the places of
 * all of them in every message.
 */
export function phraseWindows(words: readonly string[]): (readonly string[])[] {
  if (words.length <= windowLength) return [words]
  const windows: (readonly string[])[] = []
  for (let at = 0; at < words.length - 1; at += windowLength - 1) {
    windows.push(words.slice(at, at + windowLength))
  }
  return windows
}
