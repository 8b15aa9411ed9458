import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from '@swc/core'
import { describe, expect, test } from 'vitest'
import { statusOfError } from '../errors/app-error'
import { runErrorCodeSchema } from '../errors/run-error'
import en from './en.json'
import zhCN from './zh-CN.json'

type Node = Record<string, unknown> & { type: string }
type Usage = { keys: Set<string>; prefixes: Set<string> }

/** What scripts/locale-files.mjs takes out for where there are no messages. */
const ofTheTable = ['language.', 'errorPage.']

const root = join(import.meta.dirname, '../..')
const english = flatten(en)
const chinese = flatten(zhCN)
const translations = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.json') && name !== 'en.json')
  .map((name) => ({ name, texts: readTexts(name) }))
const files = ['app', 'components'].flatMap((folder) => sourceFiles(join(root, folder)))
const sources = files.map((path) => ({ path: path.slice(root.length + 1), tree: parse(path) }))

test.each(translations)('$name has the same keys and placeholders as English', ({ texts }) => {
  expect([...texts.keys()]).toEqual([...english.keys()])
  for (const [key, text] of english)
    expect(placeholders(texts.get(key) ?? ''), key).toEqual(placeholders(text))
})

test.each([{ name: 'en.json', texts: english }, ...translations])(
  'no text of $name is empty, and none has stray spaces',
  ({ texts }) => {
    for (const [key, text] of texts) expect(text.trim(), key).toBe(text === '' ? 'a text' : text)
  },
)

test('every refusal and every failed run has a text', () => {
  expect(Object.keys(en.errors).toSorted()).toEqual(Object.keys(statusOfError).toSorted())
  expect(Object.keys(en.runErrors).toSorted()).toEqual(runErrorCodeSchema.options.toSorted())
})

describe('the interface', () => {
  const usage = usageIn(sources.map(({ tree }) => tree))

  test('uses only keys that exist', () => {
    const missing = [...usage.keys].filter((key) => !english.has(key))
    expect(missing).toEqual([])
  })

  test('uses every key that exists', () => {
    const unused = [...english.keys()].filter(
      (key) =>
        !usage.keys.has(key) &&
        ![...usage.prefixes, ...ofTheTable].some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })

  test.each(sources)('has no text of its own in $path', ({ tree }) => {
    expect(hardCodedTexts(tree)).toEqual([])
  })
})

describe('Chinese', () => {
  const han = /\p{Script=Han}/u

  test.each([...chinese])('%s is punctuated in full width', (_key, text) => {
    const prose = text
      .replaceAll(/\{[^}]*\}/g, 'x')
      .replaceAll(/\b(ollama pull|\.env\.local)\b\S*/g, 'x')
    expect(prose).not.toMatch(/\p{Script=Han}\s*[,;:!?()"'](?!\w)/u)
    expect(prose).not.toMatch(/\p{Script=Han}\.(\s|$)/u)
    expect(prose).not.toMatch(/(?<!…)…(?!…)/)
  })

  test.each([...chinese].filter(([key]) => key !== 'app.name'))(
    '%s is in Chinese',
    (_key, text) => {
      expect(text).toMatch(han)
    },
  )

  test.each([...chinese])('%s sets Latin words and figures off by a space', (_key, text) => {
    expect(text).not.toMatch(/\p{Script=Han}[A-Za-z0-9{]|[A-Za-z0-9}]\p{Script=Han}/u)
  })
})

function readTexts(name: string): Map<string, string> {
  const tree: object = JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'))
  return flatten(tree)
}

function flatten(tree: object, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + name, value]] : [...flatten(value, `${prefix}${name}.`)],
  )
  return new Map(entries)
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{(\w+)/g)]
    .map(([, name = '']) => name)
    .filter((name) => !/^(one|other)$/.test(name))
    .toSorted()
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (path) => /\.tsx?$/.test(path) && !/\.test\.|\.d\.ts$/.test(path) && !path.startsWith('api'),
    )
    .map((path) => join(folder, path))
}

function parse(path: string): Node {
  const tree: unknown = parseSync(readFileSync(path, 'utf8'), {
    syntax: 'typescript',
    tsx: path.endsWith('x'),
  })
  if (!isNode(tree)) throw new Error(`${path} could not be parsed.`)
  return tree
}

/**
 * Follows `const t = useTranslations('chat')` to `t('copy')`. A namespace whose keys are computed, as in
 * `errorText(problem.code)`, counts as used throughout.
 */
function usageIn(trees: Node[]): Usage {
  const usage: Usage = { keys: new Set(), prefixes: new Set() }
  for (const tree of trees) {
    for (const scope of scopesIn(tree)) collect(scope, usage)
  }
  return usage
}

/** Translators are declared at the top of functions: each function’s body is looked at with its own names. */
function scopesIn(tree: Node): Node[] {
  return nodesIn(tree).filter((node) =>
    /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type),
  )
}

function collect(scope: Node, usage: Usage): void {
  const namespaces = new Map<string, string>()
  for (const node of nodesIn(scope)) {
    if (node.type !== 'VariableDeclarator') continue
    const call = unwrapAwait(node['init'])
    const callee = isNode(call) && isNode(call['callee']) ? call['callee']['value'] : undefined
    if (callee !== 'useTranslations' && callee !== 'getTranslations') continue
    const [namespace] = argumentsOf(call)
    if (isNode(node['id'])) namespaces.set(String(node['id']['value']), literal(namespace) ?? '')
  }
  for (const node of nodesIn(scope)) {
    const name = node.type === 'CallExpression' ? calledName(node['callee']) : undefined
    const namespace = name === undefined ? undefined : namespaces.get(name)
    if (namespace === undefined) continue
    const key = literal(argumentsOf(node)[0])
    if (key === undefined) usage.prefixes.add(`${namespace}.`)
    else usage.keys.add(`${namespace}.${key}`)
  }
}

function hardCodedTexts(tree: Node): string[] {
  const shown = new Set(['aria-label', 'aria-description', 'title', 'placeholder', 'alt', 'label'])
  return nodesIn(tree).flatMap((node) => {
    if (node.type === 'JSXText') return words(String(node['value']))
    if (node.type === 'JSXExpressionContainer') return words(literal(node['expression']) ?? '')
    if (
      node.type !== 'JSXAttribute' ||
      !isNode(node['name']) ||
      !shown.has(String(node['name']['value']))
    )
      return []
    return words(literal(node['value']) ?? '')
  })
}

/** What a reader would read: punctuation between translated texts is no language. */
function words(text: string): string[] {
  return /\p{L}/u.test(text) ? [text.trim()] : []
}

function nodesIn(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(nodesIn)
  if (typeof value !== 'object' || value === null) return []
  const inside = Object.values(value).flatMap(nodesIn)
  return isNode(value) ? [value, ...inside] : inside
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
  )
}

function unwrapAwait(value: unknown): unknown {
  return isNode(value) && value.type === 'AwaitExpression' ? value['argument'] : value
}

function argumentsOf(call: unknown): unknown[] {
  if (!isNode(call) || !Array.isArray(call['arguments'])) return []
  return call['arguments'].map((argument: unknown) =>
    typeof argument === 'object' && argument !== null && 'expression' in argument
      ? argument.expression
      : undefined,
  )
}

function calledName(callee: unknown): string | undefined {
  if (!isNode(callee)) return undefined
  if (callee.type === 'Identifier') return String(callee['value'])
  return callee.type === 'MemberExpression' ? calledName(callee['object']) : undefined
}

function literal(value: unknown): string | undefined {
  return isNode(value) && value.type === 'StringLiteral' ? String(value['value']) : undefined
}
