import type { Writer } from './writer'

type Language = { name: string; line: (writer: Writer, number: number) => string }

const typescript: Language = {
  name: 'ts',
  line: (writer, number) =>
    number % 5 === 0
      ? `// ${writer.words(4)} ${writer.mark()}`
      : `const ${writer.mark()}: number = compute(${number}, 'text', { deep: true }) ?? ${number}`,
}

const languages: readonly Language[] = [
  typescript,
  {
    name: 'python',
    line: (writer, number) =>
      number % 5 === 0
        ? `# ${writer.words(4)} ${writer.mark()}`
        : `${writer.mark()} = [item.value for item in rows if item.count > ${number}]`,
  },
  {
    name: 'sql',
    line: (writer, number) =>
      `select ${writer.mark()}, count(*) from visits where size > ${number} and name = 'x';`,
  },
  {
    name: 'bash',
    line: (writer, number) =>
      `echo "$HOME/${writer.mark()}" | grep -v 'none' >> /tmp/log-${number}.txt`,
  },
]

/** A fence with so many lines, in one language after the other. */
export function codeBlock(
  writer: Writer,
  { index, lines }: { index: number; lines: number },
): string {
  const { name, line } = languageAt(index)
  const code = Array.from({ length: lines }, (_, number) => line(writer, number)).join('\n')
  return `\`\`\`${name}\n${code}\n\`\`\`\n\n`
}

/** One fence, as long as it takes. */
export function codeDocument(writer: Writer, bytes: number): string {
  const { name, line } = languageAt(0)
  let text = `\`\`\`${name}\n`
  for (let number = 0; text.length < bytes; number += 1) text += `${line(writer, number)}\n`
  return `${text}\`\`\`\n`
}

function languageAt(index: number): Language {
  return languages[index % languages.length] ?? typescript
}
