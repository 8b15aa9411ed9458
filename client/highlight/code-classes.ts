/** What colours tell apart. A number in a result is an index here; 0 is plain. The order is part of the worker's protocol. */
export const codeClasses = [
  '',
  'code-comment',
  'code-keyword',
  'code-string',
  'code-number',
  'code-function',
  'code-type',
  'code-added',
  'code-removed',
] as const

export type CodeClass = (typeof codeClasses)[number]
