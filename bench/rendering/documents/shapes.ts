import { codeDocument } from './code'
import type { Writer } from './writer'

export const shapeNames = [
  'list',
  'paragraph',
  'table',
  'code',
  'footnotes',
  'link definitions',
] as const
export type Shape = (typeof shapeNames)[number]

/** Documents of one shape, where a renderer that works by blocks has nothing to take apart. */
export const shapes: Record<Shape, (writer: Writer, bytes: number) => string> = {
  list: (writer, bytes) =>
    repeat(
      bytes,
      () => `- ${writer.sentence(9)} **${writer.words(2)}**\n  - ${writer.sentence(6)}\n`,
    ),
  paragraph: (writer, bytes) =>
    repeat(
      bytes,
      () => `${writer.sentence(14)} It is **${writer.words(2)}**, \`${writer.words(1)}\`. `,
    ),
  table: (writer, bytes) =>
    `| Name | Mark | What it means |\n| --- | --- | ---: |\n${repeat(
      bytes,
      () => `| ${writer.words(2)} | ${writer.mark()} | ${writer.sentence(5)} |\n`,
    )}`,
  code: codeDocument,
  footnotes: (writer, bytes) =>
    repeat(
      bytes,
      (index) => `${writer.sentence(14)}[^${index}]\n\n[^${index}]: ${writer.sentence(7)}\n\n`,
    ),
  'link definitions': (writer, bytes) =>
    repeat(
      bytes,
      (index) =>
        `${writer.sentence(12)} See [${writer.words(2)}][ref-${index}].\n\n[ref-${index}]: https://example.org/${index}\n\n`,
    ),
}

function repeat(bytes: number, piece: (index: number) => string): string {
  let text = ''
  for (let index = 1; Buffer.byteLength(text) < bytes; index += 1) text += piece(index)
  return text
}
