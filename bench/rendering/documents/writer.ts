import { wordAt } from '../../processes/words'

/** The pieces that documents are made of. Each marked sentence carries a word of its own, which a reader must see. */
export type Writer = {
  readonly marks: readonly string[]
  /** A word that stands nowhere else. */
  mark(): string
  /** So many common words. */
  words(count: number): string
  /** Capitalised words with a mark among them and a full stop. */
  sentence(count: number): string
  chineseSentence(): string
}

const chineseSentences = [
  '河水从山间流下，经过砾石与黏土，最后汇入大海',
  '这个函数在每一帧里只处理新到的一行，其余的都不再计算',
  '如果缓存已经失效，就重新读取一次，并且记下读取的时间',
  '表格里的数字来自同一次测量，单位是毫秒',
]

/** Makes the same pieces in the same order every time. */
export function createWriter(): Writer {
  const marks: string[] = []
  let position = 0
  let sentences = 0

  function mark(): string {
    const word = `mark${String(marks.length).padStart(5, '0')}`
    marks.push(word)
    return word
  }

  function words(count: number): string {
    position += count
    return Array.from({ length: count }, (_, index) => wordAt(position + index))
      .join('')
      .trim()
  }

  return {
    marks,
    mark,
    words,
    sentence(count) {
      const text = words(count)
      return `${text.charAt(0).toUpperCase()}${text.slice(1)} ${mark()} ${words(3)}.`
    },
    chineseSentence() {
      sentences += 1
      return `${chineseSentences[sentences % chineseSentences.length]}（${mark()}）。`
    },
  }
}
