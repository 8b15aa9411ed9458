import { describe, expect, it } from 'vitest'
import { cleanText, decodeJson, encodeJson } from './json-codec'

describe('cleanText', () => {
  it('replaces NUL and lone surrogates, and nothing else', () => {
    expect(cleanText('\0a\uD83Db\uDE00')).toBe('\uFFFDa\uFFFDb\uFFFD')
    const kept = '😀 \u0001 \u2028 \r\n data: \uFFFF 北京'
    expect(cleanText(kept)).toBe(kept)
  })
})

describe('encodeJson', () => {
  it('cleans every text and every name, however deep', () => {
    const value = { 'na\0me': [{ text: 'a\0' }, 'b\uD800', 1, true, null], plain: { x: '😀' } }

    const text = encodeJson(value)

    expect(text).not.toMatch(/\\u0000|\\ud800/i)
    expect(decodeJson(text)).toEqual({
      'na\uFFFDme': [{ text: 'a\uFFFD' }, 'b\uFFFD', 1, true, null],
      plain: { x: '😀' },
    })
  })
})

describe('decodeJson', () => {
  it('takes the text of one engine and the value of the other', () => {
    expect(decodeJson('{"v":1}')).toEqual({ v: 1 })
    expect(decodeJson({ v: 1 })).toEqual({ v: 1 })
  })
})
