/** Texts that are like those of chats for an index: few words are in most of them, most words in few. */
export type Corpus = { message: (index: number) => string }

const syllables = 'ka lo mi ter an ver sun ber dal ric on es ti gra pho nel ort ib qua zen'.split(
  ' ',
)
const commonWords =
  'the of and to in is that for it as with on be by this are from or at an which not have was if can more when you how'.split(
    ' ',
  )
const commonCharacters =
  '的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动'

export const planted = { english: 'heron', chinese: '北京大学' } as const

/** Every message differs and every run of the bench has the same ones. Two in 5,000 speak of the planted words. */
export function createCorpus(): Corpus {
  const random = createRandom(20_26)
  const words = [
    ...commonWords,
    ...Array.from({ length: 20_000 }, () =>
      Array.from({ length: 2 + (random() % 3) }, () => syllables[random() % syllables.length]).join(
        '',
      ),
    ),
  ]
  const characters = [
    ...commonCharacters.split(''),
    ...Array.from({ length: 3_000 }, (_, index) => String.fromCodePoint(0x4e00 + index * 6)),
  ]

  /** By Zipf’s law, nearly: the rank is as likely as it is low. */
  function pick(from: readonly string[]): string {
    const share = (random() % 1_000_000) / 1_000_000
    return from[Math.floor(from.length ** share) - 1] ?? ''
  }

  return {
    message(index) {
      const isAnswer = index % 2 === 1
      const length = (isAnswer ? 150 : 15) + (random() % (isAnswer ? 300 : 40))
      const isChinese = index % 4 > 1
      const from = isChinese ? characters : words
      const picked = Array.from(
        { length },
        (_, at) => pick(from) + (isChinese && at % 12 === 11 ? '，' : ''),
      )
      if (index % 5_000 === 105 || index % 5_000 === 107)
        picked.splice(5, 0, isChinese ? planted.chinese : planted.english)
      return picked.join(isChinese ? '' : ' ')
    },
  }
}

/** The same numbers every time (a linear congruential generator of 31 bits, its low bits left out). */
function createRandom(seed: number): () => number {
  let state = BigInt(seed)
  return () => {
    state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) % 2n ** 64n
    return Number(state >> 33n)
  }
}
