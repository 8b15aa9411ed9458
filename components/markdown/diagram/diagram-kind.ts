/** What kind of diagram the source says it is: its first word, after a preamble, directives and comments. */
export function diagramKind(source: string): string | undefined {
  const body = source.replace(/^\s*---\n[\s\S]*?\n---\s*\n/, '')
  const line = body.split('\n').find((each) => !/^\s*(?:%%|$)/.test(each))
  return /^\s*([a-zA-Z][\w-]{1,30})/.exec(line ?? '')?.[1]
}
