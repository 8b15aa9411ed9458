import { expect, test } from 'vitest'
import { widestColumns } from './line-columns'

test.each([
  [[], 0],
  [[''], 0],
  [['a', 'abc', 'ab'], 3],
  [['\ta'], 3],
  [['a\tb'], 3],
  [['中文a'], 5],
  [['“é”'], 3],
  [['😀'], 2],
])('%j is as wide as %i columns', (lines, columns) => {
  expect(widestColumns(lines)).toBe(columns)
})
