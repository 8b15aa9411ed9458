import { expect, test } from 'vitest'
import { createMarkdownReader } from '@/shared/markdown/markdown-reader'
import type { Table } from '@/shared/markdown/tree'
import { tableCsv, tableMarkdown } from './table-text'

function tableOf(text: string): Table {
  const { blocks } = createMarkdownReader().read(text, { streaming: false })
  const table = blocks.flat().find((block) => block.type === 'table')
  if (!table) throw new Error(`Not a table: ${text}`)
  return table
}

const written = [
  '| a | b | c | d |',
  '| :-- | --: | :-: | --- |',
  '| *one* **two** ~~three~~ | `a\\|b` | x \\| y | [a](<https://example.org/(x)> "t") |',
  '| snake_case | 2 \\* 3 \\< 4 & more | ``a`b`` | ![alt](<https://example.org/a.png>) |',
  '|  | \\_plain\\_ | [x\\](y) [z] | $a^2$<br>on two lines |',
]

test('a table is copied as Markdown that says the same', () => {
  expect(tableMarkdown(tableOf(written.join('\n'))).split('\n')).toEqual(written)
})

test('a table is copied as commas between what its cells show', () => {
  const table = tableOf('| name | said |\n| - | - |\n| *Ada* | a "word", more |\n| `b` | |')
  expect(tableCsv(table)).toBe('name,said\r\nAda,"a ""word"", more"\r\nb,')
})

test('a cell of two lines is one field of two lines', () => {
  expect(tableCsv(tableOf('| a | b |\n| - | - |\n| one<br/>two | x |'))).toBe('a,b\r\n"one\ntwo",x')
})

test('a spreadsheet takes no cell for a formula, and numbers for numbers', () => {
  const table = tableOf(
    '| a | b | c |\n| - | - | - |\n| =HYPERLINK("https://evil.example") | @SUM | +1+cmd |\n| -5 | +1,234.5 % | -x |',
  )
  expect(tableCsv(table).split('\r\n').slice(1)).toEqual([
    `"'=HYPERLINK(""https://evil.example"")",'@SUM,'+1+cmd`,
    `-5,"+1,234.5 %",'-x`,
  ])
})
