declare module 'commonmark' {
  export type Node = {
    readonly type: string
    readonly literal: string | null
    walker(): { next(): { readonly node: Node } | null }
  }
  export class Parser {
    /** By normalised label, once a text was parsed. */
    readonly refmap: Record<string, { destination: string; title: string }>
    parse(text: string): Node
  }
  export class HtmlRenderer {
    html_inline: (node: Node) => void
    html_block: (node: Node) => void
    cr(): void
    lit(html: string): void
    render(node: Node): string
  }
}
