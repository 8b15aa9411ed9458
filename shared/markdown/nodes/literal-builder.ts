import type { SourceCode, SourceHtml, SourceMath, SourceRule } from '../block/source-block'
import type { CodeBlock, HtmlBlock, MathBlock, Rule } from '../tree'
import { share, shareLines } from './share'
import type { Builder } from './builder'

export type LiteralSource = SourceCode | SourceHtml | SourceMath | SourceRule
type Literal = CodeBlock | HtmlBlock | MathBlock | Rule

/** A block without inline content. */
export function createLiteralBuilder({
  key,
  type,
}: LiteralSource): Builder<LiteralSource, Literal> {
  let read: LiteralSource | undefined
  let node: Literal | undefined
  return {
    accepts: (source) => source.key === key && source.type === type,
    update(source) {
      if (node && read === source) return node
      read = source
      node = share(node, nodeOf(source, node && 'lines' in node ? node.lines : undefined))
      return node
    },
    dispose() {},
  }
}

function nodeOf(source: LiteralSource, before: CodeBlock['lines'] | undefined): Literal {
  const { key } = source
  switch (source.type) {
    case 'code': {
      const { language, open } = source
      return { type: 'code', key, language, lines: shareLines(before, source.lines), open }
    }
    case 'html':
      return { type: 'html', key, lines: shareLines(before, source.lines) }
    case 'math':
      return { type: 'math', key, tex: source.tex, open: source.open }
    case 'rule':
      return { type: 'rule', key }
  }
}
