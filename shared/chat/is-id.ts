export const idPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Whether it may be an id of ours: ids may come from the client, so they are short and plain. */
export function isId(text: string): boolean {
  return idPattern.test(text)
}
