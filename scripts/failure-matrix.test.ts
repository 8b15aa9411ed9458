import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, it } from 'vitest'

const page = 'docs/protocol.md'
const folders = '{app,client,components,e2e,scripts,server,shared}'
const tests = globSync(`${folders}/**/*.{test,spec,contract}.{ts,tsx}`)

/** The rows of the failure matrix, by their number, with the files that are to prove them. */
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .flatMap((line) => {
    const row = /^\|\s*(\d+)\s*\|/.exec(line)?.[1]
    const links = [...line.matchAll(/\]\(([^)]+\.ts)\)/g)].map(([, path = '']) =>
      normalize(join(dirname(page), path)),
    )
    return row ? [{ row: Number(row), links }] : []
  })

/** Files with a test whose name begins with the row. */
function provers(row: number): string[] {
  const begins = new RegExp(`['"\`]row ${row}: `)
  return tests.filter((path) => begins.test(readFileSync(path, 'utf8')))
}

describe('the failure matrix of docs/protocol.md', () => {
  it('has 33 rows, in order', () => {
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 33 }, (_, index) => index + 1))
  })

  it.each(rows)('row $row has a test of that name, and links to it', ({ row, links }) => {
    const named = provers(row)
    expect(named).not.toEqual([])
    expect(links).toEqual(expect.arrayContaining(named))
    expect(links.filter((path) => !tests.includes(path))).toEqual([])
  })
})
