/** `/` begins a command, and so does what the same key writes with a Chinese keyboard. */
const slash = /^[/／、]/

/** What was written after the `/` that a message begins with; nothing when it begins otherwise, or goes on in a new line. */
export function slashQueryOf(text: string): string | undefined {
  return slash.test(text) && !text.includes('\n')
    ? text.slice(1).trimStart().toLowerCase()
    : undefined
}
