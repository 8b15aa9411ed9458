import { expect, it } from 'vitest'
import { plainText, spokenTexts } from './plain-text'

const answer = `# A *title*

Some **bold** text with [a link](https://example.org/x),
\`code\` and $a^2$.[^1]

- one
  - two
- [x] done

3. three

   and more
4. four

> said

| a | b |
| - | - |
| 1 | 2 |

\`\`\`ts
const a = 1
\`\`\`

[^1]: A note.
`

it('plain text has all that is said, and no sign of Markdown', () => {
  expect(plainText(answer)).toBe(`A title

Some bold text with a link (https://example.org/x),
code and a^2.[1]

• one
  • two
• ☑ done

3. three

   and more

4. four

> said

a\tb
1\t2

const a = 1

[1] A note.`)
})

it('an address that is its own text stands there once', () => {
  expect(plainText('See <https://example.org/a>.')).toBe('See https://example.org/a.')
})

it('what is read out leaves out code, addresses and notes', () => {
  expect(spokenTexts(answer)).toEqual([
    'A title',
    'Some bold text with a link, code and a^2.',
    'one',
    'two',
    'done',
    'three',
    'and more',
    'four',
    'said',
    'a, b',
    '1, 2',
  ])
  expect(spokenTexts('---\n\n```\nx\n```')).toEqual([])
})
