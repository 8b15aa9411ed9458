const rightToLeft = '\u202e'
const asBefore = '\u202c'

/** English as a language that is written from right to left and takes more room: legible still, and found by tests. */
export function pseudoText(text: string): string {
  return text.replace(
    /\S(?:.*\S)?/su,
    (words) => rightToLeft + words.replaceAll(/[aeiou]/gu, '$&$&') + asBefore,
  )
}
