import { describe, expect, test } from 'vitest'
import { codeClasses } from './code-classes'
import { grammars } from './grammars'
import { languageIds, type LanguageId } from './languages'
import { createTokenizer, initialState, lineLengthMax } from './tokenizer'

const tokenizer = createTokenizer()
const load = async (id: LanguageId) => tokenizer.register((await grammars[id]()).default)

/** The text of the code's pieces with their classes, as `text:class`; plain text without one. */
async function piecesOf(id: LanguageId, code: string): Promise<string[]> {
  await load(id)
  let state = initialState
  return code.split('\n').flatMap((line) => {
    const tokenized = tokenizer.tokenize(id, line, state)
    state = tokenized.state
    return piecesOfLine(line, tokenized.tokens)
  })
}

function piecesOfLine(line: string, tokens: readonly number[]): string[] {
  const pieces: string[] = []
  let start = 0
  for (let index = 0; index < tokens.length; index += 2) {
    const end = start + (tokens[index] ?? 0)
    const name = codeClasses[tokens[index + 1] ?? 0]?.replace('code-', '')
    pieces.push(line.slice(start, end).trim() + (name ? `:${name}` : ''))
    start = end
  }
  expect(start).toBeLessThanOrEqual(line.length)
  return pieces
}

test.each(languageIds())('the grammar of %s loads and takes a line', async (id) => {
  await load(id)
  expect(() => tokenizer.tokenize(id, 'let a = "b" # c', initialState)).not.toThrow()
})

describe('what is told apart', () => {
  const cases: [LanguageId, string, string[]][] = [
    ['typescript', 'const a = 1 // b', ['const:keyword', '1:number', '// b:comment']],
    ['typescript', 'f("x")', ['f:function', '"x":string']],
    [
      'typescript',
      'class A extends B {}',
      ['class:keyword', 'A:type', 'extends:keyword', 'B:type'],
    ],
    ['typescript', 'a instanceof B', ['instanceof:keyword']],
    ['typescript', '({ a: 1 })', ['a:type', '1:number']],
    ['python', 'def f(): return None', ['def:keyword', 'f:function', 'return None:keyword']],
    ['python', 'a and not b', ['and not:keyword']],
    ['yaml', 'a: true', ['a:type', 'true:keyword']],
    ['json', '{ "a": 1 }', ['"a":type', '1:number']],
    ['diff', '-old\n+new', ['-old:removed', '+new:added']],
    ['html', '<p class="a">', ['p:keyword', 'class:type', '"a":string']],
    ['shellscript', 'echo "a" # b', ['echo:function', '"a":string', '# b:comment']],
    ['rust', 'fn f() {}', ['fn:keyword', 'f:function']],
    ['sql', 'select 1', ['select:keyword', '1:number']],
  ]

  test.each(cases)('in %s: %s', async (id, code, expected) => {
    expect(await piecesOf(id, code)).toEqual(expect.arrayContaining(expected))
  })

  test('code within a string is no string', async () => {
    expect(await piecesOf('typescript', 'x = `a ${b} c`')).toEqual([
      'x =',
      '`a:string',
      '${b}',
      'c`:string',
    ])
    expect(await piecesOf('ruby', 'x = "a #{b} c"')).not.toContain('b:string')
    expect(await piecesOf('python', 'x = f"a {b} c"')).not.toContain('b:string')
  })
})

test('a line that is too long is plain, and the next goes on as if it were not there', async () => {
  await load('typescript')
  const { state } = tokenizer.tokenize('typescript', '/*', initialState)
  const long = tokenizer.tokenize('typescript', '*'.repeat(lineLengthMax + 1), state)
  expect(long.tokens).toEqual([])
  const after = tokenizer.tokenize('typescript', 'still a comment', long.state)
  expect(piecesOfLine('still a comment', after.tokens)).toEqual(['still a comment:comment'])
})
