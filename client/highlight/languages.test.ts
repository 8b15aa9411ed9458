import { describe, expect, test } from 'vitest'
import { languageOf } from './languages'

describe('the language of a fence', () => {
  test.each([
    ['ts', 'TypeScript', 'code.ts'],
    ['js', 'JavaScript', 'code.js'],
    ['py', 'Python', 'code.py'],
    ['sh', 'Shell', 'code.sh'],
    ['bash', 'Shell', 'code.sh'],
    ['yml', 'YAML', 'code.yml'],
    ['c++', 'C++', 'code.cpp'],
    ['C#', 'C#', 'code.cs'],
    ['golang', 'Go', 'code.go'],
    ['postgresql', 'SQL', 'code.sql'],
    ['Dockerfile', 'Dockerfile', 'Dockerfile'],
    ['makefile', 'Makefile', 'Makefile'],
    ['rs', 'Rust', 'code.rs'],
    ['TSX', 'TSX', 'code.tsx'],
    ['language-ruby', 'Ruby', 'code.rb'],
    ['python{1,3}', 'Python', 'code.py'],
    ['{.haskell', 'Haskell', 'code.hs'],
    ['js:app.js', 'JavaScript', 'code.js'],
  ])('%s is %s', (written, name, fileName) => {
    expect(languageOf(written)).toMatchObject({ name, fileName })
  })

  test.each([undefined, '', 'text', 'plaintext', 'klingon', '__proto__', 'constructor', '{'])(
    '%j is none that is known',
    (written) => expect(languageOf(written)).toBeUndefined(),
  )
})
