import type { ThemeRegistration } from '@shikijs/core'
import { codeClasses, type CodeClass } from './code-classes'

/** Where scopes compete the longer one wins, then the inner one; what lies inside a string is plain again by the last entry. */
const scopes: Record<Exclude<CodeClass, ''>, string[]> = {
  'code-comment': ['comment', 'punctuation.definition.comment', 'string.quoted.docstring'],
  'code-keyword': [
    'keyword',
    'storage',
    'variable.language',
    'entity.name.tag',
    'constant.language',
    'markup.heading',
    'keyword.operator.new',
    'keyword.operator.expression',
    'keyword.operator.logical.python',
    'keyword.operator.wordlike',
    'keyword.operator.word',
    'keyword.operator.sizeof',
    'keyword.operator.alphabetic',
  ],
  'code-string': [
    'string',
    'markup.inline.raw',
    'markup.raw',
    'string.regexp',
    'constant.other.symbol',
  ],
  'code-number': [
    'constant.numeric',
    'constant.character',
    'support.constant',
    'constant.other',
    'keyword.other.unit',
    'meta.diff.range',
  ],
  'code-function': [
    'entity.name.function',
    'entity.name.command',
    'support.function',
    'meta.function-call.generic',
    'variable.function',
    'markup.underline.link',
  ],
  'code-type': [
    'entity.name.type',
    'entity.name.class',
    'entity.name.namespace',
    'entity.name.section',
    'entity.name.tag.yaml',
    'entity.other.inherited-class',
    'entity.other.attribute-name',
    'support.type',
    'support.class',
    'storage.type.java',
    'storage.type.generic',
    'keyword.type',
    'keyword.other.definition.ini',
    'meta.object-literal.key',
    'meta.diff.header',
  ],
  'code-added': ['markup.inserted'],
  'code-removed': ['markup.deleted'],
}

const plainScopes = [
  'keyword.operator',
  'punctuation.separator.key-value',
  'storage.modifier.import.java',
  'storage.modifier.package',
  'punctuation.definition.template-expression',
  'meta.template.expression',
  'meta.interpolation',
  'meta.embedded',
  'meta.fstring.python source',
]

/** Colours here are markers of classes: the colours themselves are tokens of the page's style, one pass for both themes. */
export const codeTheme: ThemeRegistration = {
  name: 'rivulet',
  type: 'light',
  fg: markerOf(0),
  bg: '#FFFFFF',
  settings: [
    { settings: { foreground: markerOf(0), background: '#FFFFFF' } },
    ...codeClasses.flatMap((name, index) =>
      name === '' ? [] : [{ scope: scopes[name], settings: { foreground: markerOf(index) } }],
    ),
    { scope: plainScopes, settings: { foreground: markerOf(0) } },
  ],
}

const markers = codeClasses.map((_, index) => markerOf(index))

/** For each colour number of a grammar's result the index of its class. */
export function classesOfColors(colorMap: readonly string[]): number[] {
  return Array.from(colorMap, (color) => Math.max(0, markers.indexOf((color ?? '').toUpperCase())))
}

function markerOf(index: number): string {
  return `#0000${(0xa0 + index).toString(16).toUpperCase()}`
}
