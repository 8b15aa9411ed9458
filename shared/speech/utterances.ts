/** Voices that are read by a server fall silent in the middle of what takes longer than about 15 seconds. */
const lengthMax = 180

/** Texts cut into what is said in one breath: at ends of sentences where that is possible. */
export function utterancesOf(texts: readonly string[]): string[] {
  return texts.flatMap((text) => joined(text.match(/[^.!?…。！？]+[.!?…。！？]*\s*/gu) ?? [text]))
}

function joined(sentences: readonly string[]): string[] {
  const utterances: string[] = []
  let current = ''
  for (const sentence of sentences.flatMap(cutLong)) {
    if (current !== '' && current.length + sentence.length > lengthMax) {
      utterances.push(current.trim())
      current = ''
    }
    current += sentence
  }
  return [...utterances, current.trim()].filter(Boolean)
}

function cutLong(sentence: string): string[] {
  if (sentence.length <= lengthMax) return [sentence]
  const pieces = sentence.match(
    new RegExp(`.{1,${lengthMax}}(?=[\\s,，、;；:：]|$)|.{1,${lengthMax}}`, 'gsu'),
  )
  return pieces ?? [sentence]
}
