/** Characters of a title that a user gives. */
export const titleLengthMax = 120

/** Long enough to tell chats apart in a narrow list. */
const firstWordsLengthMax = 60

/** A title from the beginning of a text: whole words on one line, or whole characters where there are no spaces. */
export function firstWords(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  if (line.length <= firstWordsLengthMax) return line
  const cut = line.slice(0, firstWordsLengthMax)
  const lastSpace = cut.lastIndexOf(' ')
  const words =
    lastSpace > firstWordsLengthMax / 2
      ? cut.slice(0, lastSpace)
      : cut.replace(/[\ud800-\udbff]$/, '')
  return `${words.replace(/[\s,;:，；：、]+$/, '')}…`
}

/** What a model gave as a title, as one plain line; nothing when it is no title. */
export function cleanTitle(text: string): string | undefined {
  const line = text.trim().split('\n', 1)[0] ?? ''
  const plain = line
    .replace(/^(title|标题)\s*[:：]\s*/i, '')
    .replaceAll(/^[#*_"'“”‘’「」《》\s]+|[*_"'“”‘’「」《》。.\s]+$/g, '')
  return plain ? firstWords(plain) : undefined
}
