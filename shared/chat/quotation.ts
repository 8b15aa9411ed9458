/** A text as a Markdown quotation. */
export function quotationOf(text: string): string {
  const lines = text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()
    .split('\n')
  return lines.map((line) => (line.trim() === '' ? '>' : `> ${line}`)).join('\n')
}

/** A draft with a quotation behind it, and a line to go on in. */
export function withQuotation(draft: string, text: string): string {
  const before = draft.trim() === '' ? '' : `${draft.replace(/\n+$/, '')}\n\n`
  return `${before}${quotationOf(text)}\n\n`
}
