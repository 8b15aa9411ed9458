import { expect, it } from 'vitest'
import { tokenize } from './tokenize'

const wordsOf = (text: string) =>
  [...tokenize(text)].flatMap(({ kind, word }) => (kind === 'word' ? [word] : [])).join(' ')
const charactersOf = (text: string) =>
  [...tokenize(text)].flatMap(({ kind, word }) => (kind === 'character' ? [word] : [])).join('')

it.each([
  ['English', 'Don’t panic, it’s O.K.', 'don t panic it s o k'],
  ['German', 'Zürich liegt an der Straße', 'zurich liegt an der strasse'],
  ['French, in parts', 'déjà vu'.normalize('NFD'), 'deja vu'],
  ['Russian', 'Ёлка и чай', 'елка и чаи'],
  ['Hindi, with its marks', 'हिन्दी भाषा', 'हिन्दी भाषा'],
  ['Chinese, in pairs', '我在北京大学', '我在 在北 北京 京大 大学'],
  ['Chinese, not across a comma', '你好，世界', '你好 世界'],
  ['Japanese', 'ラーメンを', 'ラー ーメ メン ンを'],
  ['Japanese of half width', 'ﾗｰﾒﾝ ｶﾞｷﾞ', 'ラー ーメ メン ガギ'],
  ['Korean', '서울에서 안녕', '서울 울에 에서 안녕'],
  ['Korean, in parts', '안녕'.normalize('NFD'), '안녕'],
  ['Thai', 'ไทย', 'ไท ทย'],
  ['a mixture', '我用Rivulet聊天v2', '我用 rivulet 聊天 v2'],
  ['code', 'snake_case camelCase node:sqlite', 'snake case camelcase node sqlite'],
  ['full width', 'ＡＢＣ１２', 'abc12'],
  ['signs that are several words', '½', '1 2'],
  ['emoji', 'ok👍🏽 ❤️', 'ok 👍🏽 ❤'],
  ['emoji of several', '👩‍💻', '👩‍💻'],
  ['ideographs beyond the basic plane', '𠮷野家', '𠮷野 野家'],
  ['a half of a character', 'a\ud800b \udc00', 'a b'],
  ['nothing', ' \n…!?', ''],
])('reads %s', (_name, text, words) => {
  expect(wordsOf(text)).toBe(words)
})

it('names each character of a script without spaces, also one that stands alone', () => {
  expect(charactersOf('a 我 b 北京')).toBe('我北京')
  expect(wordsOf('a 我 b')).toBe('a b')
})

it('tells where in the given text each token is', () => {
  const text = 'Die Straße ﾗｰﾒﾝ 𠮷野家'
  const places = [...tokenize(text)].map(({ kind, word, start, end }) =>
    kind === 'word' ? `${word}=${text.slice(start, end)}` : '',
  )
  expect(places.filter(Boolean)).toEqual([
    'die=Die',
    'strasse=Straße',
    'ラー=ﾗｰ',
    'ーメ=ｰﾒ',
    'メン=ﾒﾝ',
    '𠮷野=𠮷野',
    '野家=野家',
  ])
})

it('keeps the beginning of what is too long to be a word', () => {
  expect(wordsOf('x'.repeat(10_000))).toBe('x'.repeat(64))
})

it('takes no longer than the text is long', () => {
  const startedAt = performance.now()
  for (const unit of ['a', '字', '👩‍', '̈', 'ﾞ', 'ᄒ', 'é ']) wordsOf(unit.repeat(50_000))
  expect(performance.now() - startedAt).toBeLessThan(5_000)
})
