import { expect, it } from 'vitest'
import { pseudoText } from '@/shared/i18n/pseudo-text'
import { pseudoMessages } from './pseudo-language'

it('changes texts and leaves alone what is filled in', () => {
  const plural = ['count', 2, { one: [0, ' chat'], other: [0, ' chats'] }]
  const number = ['max', 4, { style: 'percent' }]
  const messages = { chat: { send: 'Send', many: [plural, ' moved to ', ['folder'], number] } }

  expect(pseudoMessages<object>(messages)).toEqual({
    chat: {
      send: pseudoText('Send'),
      many: [
        ['count', 2, { one: [0, pseudoText(' chat')], other: [0, pseudoText(' chats')] }],
        pseudoText(' moved to '),
        ['folder'],
        number,
      ],
    },
  })
})

it('is longer, runs the other way, and keeps its spaces outside', () => {
  const text = pseudoText(' Send now ')
  expect(text).toBe(' \u202eSeend noow\u202c ')
})
