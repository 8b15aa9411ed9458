import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = dirname(import.meta.dirname)
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** The Markdown of the project: at the root and below docs/. */
const documents = ['.', 'docs'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: folder !== '.', withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
)

const packageSchema = z.object({ scripts: z.record(z.string(), z.string()) })
const { scripts } = packageSchema.parse(JSON.parse(read('package.json')))

test.each(documents)('%s links to what is there', (path) => {
  expect(linksOf(read(path)).filter((link) => !leadsSomewhere(path, link))).toEqual([])
})

test.each(documents)('%s names npm scripts that exist', (path) => {
  const named = [...read(path).matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)]
  expect(
    named.map(([, run, direct]) => run ?? direct ?? '').filter((name) => !scripts[name]),
  ).toEqual([])
})

test.each(documents)('%s names files of scripts/ and bench/ that exist', (path) => {
  const named = [...read(path).matchAll(/\b(?:scripts|bench)\/[\w-]+\.(?:mjs|ts)\b/g)]
  expect(named.map(([file]) => file).filter((file) => !existsSync(join(root, file)))).toEqual([])
})

test('the list of decisions has them all, by their titles', () => {
  const folder = 'docs/decisions'
  const listed = readdirSync(join(root, folder))
    .filter((name) => /^\d/.test(name))
    .map((name) => {
      const [, number, title] = /^# (\d+)\. (.+)/.exec(read(join(folder, name))) ?? []
      return `${number}. [${title}](${name})`
    })
  expect(read(join(folder, 'README.md')).match(/^\d+\. .+/gm)).toEqual(listed)
})

describe('how long pages may be', () => {
  test.each([
    ['README.md', 120],
    ['AGENTS.md', 100],
  ])('%s has at most %i lines', (path, linesMax) => {
    expect(read(path).trimEnd().split('\n').length).toBeLessThanOrEqual(linesMax)
  })
})

/** Relative links, of Markdown and of HTML; code has none. */
function linksOf(text: string): string[] {
  const prose = text.replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '')
  const links = prose.matchAll(/\]\(([^)\s]+)\)|\b(?:href|src|srcset)="([^"]+)"/g)
  return [...links]
    .map(([, markdown, html]) => markdown ?? html ?? '')
    .filter((link) => !/^[a-z]+:/i.test(link))
}

function leadsSomewhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path ? join(dirname(from), path) : from
  if (!existsSync(join(root, target))) return false
  return !anchor || anchorsOf(read(target)).includes(anchor)
}

/** As GitHub makes them of headings. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
