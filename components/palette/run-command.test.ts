import { expect, it } from 'vitest'
import { lastCode } from './run-command'

it.each([
  ['a ``` b', ''],
  ['```ts\nconst a = 1\n```\n\nand\n\n```\nsecond\nline\n```\n', 'second\nline'],
  ['~~~\n```\nfence\n```\n~~~', '```\nfence\n```'],
  ['````md\n```\nx\n```\n````', '```\nx\n```'],
  ['```ts\nnot closed', ''],
])('the last code of %j is %j', (text, code) => {
  expect(lastCode(text)).toBe(code)
})
