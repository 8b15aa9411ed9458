const words =
  'the of and to in is that for it as was with be by on not he his but at are this have from or had an they which one you were all her she there would their we him been has when who will no more if out so what up said about than its into them can only other time new some could these two may first then do any like my now over such our man me even most made after also did many off before must well back through years where much your way down should because long each just state people those too mr how little good make world still see own work men day get here between life being under never same another know while last might us great old year come since against go came right used take three'.split(
    ' ',
  )

/** The n-th word of a long answer: as long as a model's tokens are in English, four and a half characters on average. */
export function wordAt(index: number): string {
  return ` ${words[(index * 7) % words.length]}`
}

export function wordsLength(count: number): number {
  let length = 0
  for (let index = 0; index < count; index++) length += wordAt(index).length
  return length
}
