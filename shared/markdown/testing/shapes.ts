const sentence = 'Some **bold text** and `code` with [a link](https://example.com) and more words. '

const answer = `# Heading

${sentence.repeat(3)}

- item with *emphasis*
- item two
  - nested \`x\`

    loose
1. first
2. second

| a | b |
| - | -: |
| one | 1 |
| two | 2 |

\`\`\`ts
const a = 1
\`\`\`

> quote
> goes on

$$
x = \\frac{a}{b}
$$

Inline $a^2$, a [label] and a footnote[^1]. 中文：**加粗。**后文 😀

---

- [ ] task
- [x] done

`

const repeat = (text: string, length: number) => text.repeat(Math.ceil(length / text.length))
const numbered = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join('')

/** Documents of one shape each, of about `length` characters, and a mixed one. */
export function createShapes(length: number): Record<string, string> {
  const count = Math.ceil(length / 60)
  return {
    mixed: `${repeat(answer, length)}\n[^1]: Note\n\n[label]: /url\n`,
    list: repeat('- an item of the list with **bold** text\n', length),
    'nested list': repeat('- a\n  - b with text\n    - c with text\n', length),
    'loose list': repeat('- an item of the list\n\n', length),
    'list turning loose': `${repeat('- an item of the list\n', length)}\n- the end\n`,
    'paragraph of one line': repeat(sentence, length),
    'paragraph of many lines': repeat(`${sentence}\n`, length),
    table: `| a | b |\n| - | - |\n${repeat('| some **text** | other `code` |\n', length)}`,
    code: `\`\`\`ts\n${repeat('const value = compute(a, b)\n', length)}`,
    'code in a list': `- a\n\n  \`\`\`ts\n${repeat('  const value = compute(a, b)\n', length)}`,
    'indented code': repeat('    const value = compute(a, b)\n\n', length),
    quote: repeat('> quoted text goes on and on\n', length),
    html: repeat('<div>raw\n', length),
    blocks: repeat('A short paragraph.\n\n', length),
    footnotes: numbered(
      count,
      (n) => `Text with a note[^n${n}].\n\n[^n${n}]: The note says this.\n\n`,
    ),
    'footnotes at the end':
      numbered(count, (n) => `Text with a note[^n${n}].\n\n`) +
      numbered(count, (n) => `[^n${n}]: The note says this.\n`),
    definitions:
      numbered(count, (n) => `See [link ${n}][l${n}].\n\n`) +
      numbered(count, (n) => `[l${n}]: https://example.com/${n}\n`),
  }
}
