const tabStop = 4

/** A place in one line that counts columns as CommonMark does, where a tab may be taken in part. */
export class LineCursor {
  readonly text: string
  #offset = 0
  #column = 0
  /** Columns that are left of a tab in front of `#offset` that was taken in part. */
  #tabRest = 0
  #nextOffset = 0
  #nextColumn = 0

  constructor(text: string) {
    this.text = text
    this.#findNext()
  }

  /** Columns of white space in front of `rest`. */
  get indent(): number {
    return this.#nextColumn - this.#column
  }

  get blank(): boolean {
    return this.#nextOffset >= this.text.length
  }

  /** Where the first character that is not white space stands in the line. */
  get nextOffset(): number {
    return this.#nextOffset
  }

  /** The first character that is not white space, or nothing when the line is blank from here. */
  get next(): string {
    return this.text.charAt(this.#nextOffset)
  }

  /** What follows the white space. */
  get rest(): string {
    return this.text.slice(this.#nextOffset)
  }

  /** What follows, with white space. The rest of a tab that was taken in part counts as spaces. */
  get remainder(): string {
    return ' '.repeat(this.#tabRest) + this.text.slice(this.#offset)
  }

  /** Passes the white space and `count` characters, none of them a tab. */
  skip(count: number): void {
    this.#offset = this.#nextOffset + count
    this.#column = this.#nextColumn + count
    this.#tabRest = 0
    this.#findNext()
  }

  /** Passes at most `columns` columns of white space. */
  skipIndent(columns: number): void {
    let left = Math.min(columns, this.indent)
    while (left > 0) {
      if (this.#tabRest === 0) this.#takeCharacter()
      const taken = Math.min(left, this.#tabRest)
      this.#tabRest -= taken
      this.#column += taken
      left -= taken
    }
  }

  #takeCharacter(): void {
    const isTab = this.text[this.#offset] === '\t'
    this.#tabRest = isTab ? tabStop - (this.#column % tabStop) : 1
    this.#offset += 1
  }

  #findNext(): void {
    this.#nextOffset = this.#offset
    this.#nextColumn = this.#column
    for (; ; this.#nextOffset += 1) {
      const character = this.text[this.#nextOffset]
      if (character === ' ') this.#nextColumn += 1
      else if (character === '\t') this.#nextColumn += tabStop - (this.#nextColumn % tabStop)
      else return
    }
  }
}
