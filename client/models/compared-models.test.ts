import { expect, it } from 'vitest'
import { withPressed } from './compared-models'

const [a, b, c, d, e] = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ provider: 'demo', id }))

it('adds and takes out models, from one to four', () => {
  if (!a || !b || !c || !d || !e) throw new Error('Models are missing.')
  expect(withPressed([a], b)).toEqual([a, b])
  expect(withPressed([a, b], a)).toEqual([b])
  expect(withPressed([a], a), 'somebody has to answer').toEqual([a])
  expect(withPressed([a, b, c, d], e), 'four are enough').toEqual([a, b, c, d])
})
