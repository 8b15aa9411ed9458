import { expect, it } from 'vitest'
import { languageOf } from './language-of'

it.each([
  ['en', 'The answer is in the second drawer, and that is all.'],
  ['de', 'Die Antwort liegt nicht auf dem Tisch, und das ist gut.'],
  ['fr', 'La réponse est dans le tiroir, et vous avez les clés.'],
  ['es', 'La respuesta es una llave para los cajones.'],
  ['nl', 'Het antwoord is niet voor mij, en dat weet je van een ander.'],
  ['zh-CN', '答案在第二个抽屉里，用 TypeScript 写的。'],
  ['ja', '答えは二番目の引き出しにあります。'],
  ['ko', '답은 두 번째 서랍에 있습니다.'],
  ['ru', 'Ответ лежит во втором ящике.'],
])('is told by letters and small words: %s', (language, text) => {
  expect(languageOf(text, 'xx')).toBe(language)
})

it('is the fallback where nothing tells', () => {
  expect(languageOf('42', 'de')).toBe('de')
  expect(languageOf('Rivulet 0.1', 'zh-CN')).toBe('zh-CN')
})

it('a name in another script does not make it another language', () => {
  expect(languageOf('The Chinese word for river is 江, and that of the sea is 海.', 'xx')).toBe(
    'en',
  )
})
