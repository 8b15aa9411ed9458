/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const pieces = [
  ...[
    '\n',
    '\n\n',
    '\n',
    ' ',
    '    ',
    '\t',
    '\\',
    'a',
    '文',
    'word ',
    '1. ',
    '- ',
    '* ',
    '> ',
    '# ',
  ],
  ...[
    '*',
    '**',
    '_',
    '~~',
    '`',
    '``',
    '```\n',
    '```js\n',
    '~~~\n',
    '---\n',
    '===\n',
    '$',
    '$$',
    '\\(',
  ],
  ...[
    '[',
    ']',
    '(',
    ')',
    '![',
    '](',
    '[^1]',
    '[^1]: ',
    '[a]: ',
    '[a]',
    '[ ] ',
    '[x] ',
    '<',
    '>',
    '|',
  ],
  ...[
    '| a | b |\n',
    '| - | - |\n',
    '"',
    "'",
    '&lt;',
    '&#x3C;',
    '&quot;',
    '&',
    '\\)',
    '\\[',
    '\\]',
    '{',
  ],
  ...[
    '<script>',
    '</script>',
    '<img src=x onerror=x>',
    '<b onclick="x">',
    '<!--',
    '-->',
    '<?',
    '<![CDATA[',
  ],
  ...['javascript:alert(1)', 'java\nscript:x', 'data:text/html,x', 'data:image/png;base64,AAAA'],
  ...[
    'data:image/svg+xml;base64,AAAA',
    'https://evil.example/x.png',
    '//evil.example',
    'mailto:a@b.c',
  ],
  ...[
    'www.evil.example',
    '" onerror="x',
    "' onload='x",
    '\\href{javascript:x}{y}',
    '\\url{x}',
    '\u0000',
  ],
  ...['\u202E', '\uFEFF', '\uD800', '\u2028', 'id="conversation"', '#conversation', '```mermaid\n'],
]

/** A text put together at random from what parsers and browsers trip over. */
export function hostileMarkdown(random: () => number, length: number): string {
  return Array.from({ length }, () => pieces[Math.floor(random() * pieces.length)]).join('')
}
