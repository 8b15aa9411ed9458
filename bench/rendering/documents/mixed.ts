import { codeBlock } from './code'
import type { Writer } from './writer'

/**
 * What a model writes when it explains something at length, five kilobytes after five kilobytes: headings, paragraphs with
 * emphasis and links, nested lists, a table, Chinese, formulas, and a code block each 5 KB.
 */
export function* mixedPieces(writer: Writer): Generator<string> {
  for (let section = 1; ; section += 1) {
    yield `## ${section}. ${writer.sentence(3)}\n\n`
    yield paragraph(writer)
    yield list(writer)
    yield paragraph(writer)
    yield codeBlock(writer, { index: section, lines: 18 })
    yield formulas(writer)
    yield `### ${writer.sentence(4)}\n\n`
    yield table(writer)
    yield chinese(writer)
    yield `> ${writer.sentence(16)}\n> ${writer.sentence(9)}\n\n`
    yield paragraph(writer)
    yield list(writer)
    yield paragraph(writer)
    if (section % 4 === 0) yield '---\n\n'
  }
}

function paragraph(writer: Writer): string {
  return (
    `${writer.sentence(14)} It is **${writer.words(3)}** and *${writer.words(2)}*, see ` +
    `[${writer.words(3)}](https://example.org/a/page?of=${writer.words(1)}) and \`${writer.words(1)}()\`. ` +
    `${writer.sentence(18)} ~~${writer.words(2)}~~ ${writer.sentence(12)}\n\n`
  )
}

function list(writer: Writer): string {
  const item = (number: number) =>
    `${number}. **${writer.words(2)}**: ${writer.sentence(11)}\n   - ${writer.sentence(7)}\n   - ${writer.sentence(6)}\n`
  return `${item(1)}${item(2)}${item(3)}\n`
}

function table(writer: Writer): string {
  const row = () => `| ${writer.words(2)} | ${writer.mark()} | ${writer.sentence(5)} | 12.5 |\n`
  return `| Name | Mark | What it means | Share |\n| --- | :---: | --- | ---: |\n${row()}${row()}${row()}${row()}\n`
}

function chinese(writer: Writer): string {
  return `**要点：**${writer.chineseSentence()}${writer.chineseSentence()}*注意*，${writer.chineseSentence()}\n\n`
}

function formulas(writer: Writer): string {
  return (
    `${writer.sentence(8)} Here $E = mc^2$ and $\\sum_{i=1}^{n} x_i \\le \\sqrt{n}$ hold. ${writer.sentence(5)}\n\n` +
    '$$\n\\int_0^1 \\frac{x^2 + 1}{\\sqrt{1 - x^2}} \\, dx = \\frac{3\\pi}{4}\n$$\n\n'
  )
}
