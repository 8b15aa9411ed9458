import { expect, it } from 'vitest'
import { instructionsOf } from './instructions'

const both = { instructionsOn: true, aboutUser: ' I am a nurse. ', answerStyle: 'Be brief.' }

it('both texts stand under what they are about', () => {
  expect(instructionsOf(both)).toBe(
    'What the user says about themselves:\nI am a nurse.\n\nHow the user wants you to answer:\nBe brief.',
  )
})

it('an empty text has no place, and nothing is said when both are empty', () => {
  expect(instructionsOf({ ...both, answerStyle: ' \n' })).toBe(
    'What the user says about themselves:\nI am a nurse.',
  )
  expect(instructionsOf({ ...both, aboutUser: '', answerStyle: '' })).toBeUndefined()
})

it('nothing is said when they are switched off', () => {
  expect(instructionsOf({ ...both, instructionsOn: false })).toBeUndefined()
})
