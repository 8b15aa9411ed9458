import { describe, expect, it } from 'vitest'
import { filledWith, variablesOf } from './prompt-variables'

describe('the variables of a prompt', () => {
  it.each([
    ['Translate into {{language}}: {{text}}', ['language', 'text']],
    ['{{ a }} and {{a}}', ['a']],
    ['{{目标语言}}', ['目标语言']],
    ['{{two words}}', ['two words']],
    ['{{}} {{ }} {a} {{a\nb}} {{a', []],
    ['{{{a}}}', ['a']],
    [`{{${'x'.repeat(41)}}}`, []],
    ['const a = { b: {} }', []],
  ])('of %j are %j', (text, names) => {
    expect(variablesOf(text)).toEqual(names)
  })

  it('are found in linear time', () => {
    const hostile = '{{ '.repeat(50_000) + ' '.repeat(50_000)
    const before = performance.now()
    expect(variablesOf(hostile)).toEqual([])
    expect(performance.now() - before).toBeLessThan(1000)
  })
})

describe('a filled prompt', () => {
  it('has what was written in each place, as it was written', () => {
    const values = new Map([
      ['language', '$& 中文'],
      ['text', 'a {{language}} b'],
    ])
    expect(filledWith('{{language}}: {{ text }} ({{language}})', values)).toBe(
      '$& 中文: a {{language}} b ($& 中文)',
    )
  })

  it('keeps the places that nothing was written for', () => {
    expect(filledWith('{{a}} {{b}}', new Map([['a', '']]))).toBe('{{a}} {{b}}')
  })
})
