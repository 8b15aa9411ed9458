const plain = /^[ -~]*$/
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/
/** As `tab-size` in code.css. */
const tabSize = 2

/** How many characters wide the widest line is: of Chinese, Japanese and Korean each counts twice. */
export function widestColumns(lines: readonly string[]): number {
  return lines.reduce((widest, line) => Math.max(widest, columnsOf(line)), 0)
}

function columnsOf(line: string): number {
  if (plain.test(line)) return line.length
  let columns = 0
  for (const character of line) {
    if (character === '\t') columns += tabSize - (columns % tabSize)
    else columns += wide.test(character) || character.length > 1 ? 2 : 1
  }
  return columns
}
