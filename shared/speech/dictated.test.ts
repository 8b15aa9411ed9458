import { expect, it } from 'vitest'
import { withHeard } from './dictated'

it('what is heard replaces what was guessed, behind what is written', () => {
  expect(withHeard('', { before: '', heard: 'good' })).toBe('good')
  expect(withHeard('Dear Ada,', { before: '', heard: 'good' })).toBe('Dear Ada, good')
  expect(withHeard('Dear Ada, good', { before: ' good', heard: 'good morning' })).toBe(
    'Dear Ada, good morning',
  )
})

it('Chinese is set without spaces', () => {
  expect(withHeard('你好，', { before: '', heard: '今天' })).toBe('你好，今天')
  expect(withHeard('今天', { before: '', heard: '下雨' })).toBe('今天下雨')
})

it('what was sent or changed meanwhile does not come back', () => {
  expect(withHeard('', { before: 'good', heard: ' evening' })).toBe(' evening')
  expect(withHeard('good, and', { before: 'good', heard: 'then' })).toBe('good, and then')
})
