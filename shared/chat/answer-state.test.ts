import { expect, test } from 'vitest'
import { answerState, reasoningText } from './answer-state'
import type { ChatMessage } from './message'

const running = { status: 'running', createdAt: 0 } as const

test('a running answer waits, thinks and answers by its newest part', () => {
  const thought = { type: 'reasoning', text: 'Hm.' } as const
  expect(answerState({ metadata: running, parts: [] })).toBe('waiting')
  expect(answerState({ metadata: running, parts: [{ type: 'step-start' }] })).toBe('waiting')
  expect(answerState({ metadata: running, parts: [thought] })).toBe('thinking')
  expect(answerState({ metadata: running, parts: [thought, { type: 'text', text: 'So' }] })).toBe(
    'answering',
  )
})

test('an answer that ended is what its status says', () => {
  expect(answerState({ metadata: { status: 'interrupted', createdAt: 0 }, parts: [] })).toBe(
    'interrupted',
  )
})

test('thoughts in several parts are read as one', () => {
  const parts: ChatMessage['parts'] = [
    { type: 'reasoning', text: 'One.' },
    { type: 'text', text: 'Said.' },
    { type: 'reasoning', text: ' ' },
    { type: 'reasoning', text: 'Two.' },
  ]
  expect(reasoningText({ parts })).toBe('One.\n\nTwo.')
})
