/** CommonMark’s white space inside of a line is space and tab; what `trim` takes away beyond them is content. */
export function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\t'
}

export function trimStart(text: string): string {
  let start = 0
  while (isSpace(text[start])) start += 1
  return text.slice(start)
}

export function trimEnd(text: string): string {
  let end = text.length
  while (isSpace(text[end - 1])) end -= 1
  return text.slice(0, end)
}

export function isBlank(text: string): boolean {
  return trimStart(text) === ''
}
