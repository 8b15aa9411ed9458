import type { ThemeInput } from '@streamdown/code'
import type { CodeHighlighterPlugin, HighlightResult } from 'streamdown'
import type { CodeToken } from './use-highlighted-code'

type Options = { code: string; language: string; incomplete: boolean }
type Highlight = (options: Options, onTokens: (tokens: CodeToken[]) => void) => void

/** Beyond this length code stays plain: colours are not worth a page that stutters. */
const codeLengthMax = 60_000

const scopes: Record<string, string[]> = {
  comment: ['comment', 'punctuation.definition.comment', 'string.quoted.docstring'],
  keyword: ['keyword', 'storage', 'variable.language', 'entity.name.tag', 'constant.language'],
  string: ['string', 'markup.inline.raw', 'string.regexp'],
  number: ['constant.numeric', 'constant.character', 'support.constant', 'constant.other'],
  function: ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  type: [
    'entity.name.type',
    'entity.name.class',
    'support.type',
    'support.class',
    'entity.other.attribute-name',
    'meta.object-literal.key',
  ],
  added: ['markup.inserted'],
  removed: ['markup.deleted'],
}

/** The colours themselves are tokens of the page’s style: one pass serves both themes. */
const theme: ThemeInput = {
  name: 'rivulet',
  type: 'light',
  fg: '#000000',
  bg: '#ffffff',
  settings: [
    { settings: { foreground: '#000000', background: '#ffffff' } },
    ...Object.entries(scopes).map(([, scope], index) => ({
      scope,
      settings: { foreground: markerOf(index) },
    })),
    { scope: ['keyword.operator'], settings: { foreground: '#000000' } },
  ],
}

const classOf = new Map(Object.keys(scopes).map((name, index) => [markerOf(index), `code-${name}`]))

let loading: Promise<Highlight> | undefined

export function loadHighlighter(): Promise<Highlight> {
  loading ??= import('@streamdown/code').then(({ createCodePlugin }) =>
    highlightWith(createCodePlugin({ themes: [theme, theme] })),
  )
  return loading
}

function highlightWith(plugin: CodeHighlighterPlugin): Highlight {
  return ({ code, language, incomplete }, onTokens) => {
    if (code.length > codeLengthMax || !plugin.supportsLanguage(language)) return
    const show = (result: HighlightResult) => onTokens(tokensOf(result))
    const ready = plugin.highlight(
      { code, language, isIncomplete: incomplete, themes: [theme, theme] },
      show,
    )
    if (ready) show(ready)
  }
}

/** Neighbours of one colour become one token: fewer elements to lay out. */
function tokensOf({ tokens: lines }: HighlightResult): CodeToken[] {
  const merged: CodeToken[] = []
  for (const [index, line] of lines.entries()) {
    if (index > 0) append(merged, { text: '\n', className: undefined })
    for (const { content, color, htmlStyle } of line) {
      append(merged, {
        text: content,
        className: classOf.get((color ?? htmlStyle?.['color'] ?? '').toUpperCase()),
      })
    }
  }
  return merged
}

function append(tokens: CodeToken[], token: CodeToken): void {
  const last = tokens.at(-1)
  const blank = token.text.trim() === ''
  if (last && (blank || last.className === token.className)) last.text += token.text
  else tokens.push(token)
}

function markerOf(index: number): string {
  return `#0000${(0xa0 + index).toString(16).toUpperCase()}`
}
