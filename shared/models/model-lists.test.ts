import { expect, it } from 'vitest'
import { chosenModels, isListed, toggled } from './model-lists'

const ref = (id: string) => ({ provider: 'openai', id })
const endpoint = {
  id: 'openai',
  name: 'OpenAI',
  kind: 'openai',
  status: 'ready',
  models: ['a', 'b', 'c', 'd'].map((id) => ({ id, name: id.toUpperCase() })),
} as const

function shown(options: Partial<Parameters<typeof chosenModels>[1]>) {
  const given = { favourites: [], hidden: [], inUse: undefined, ...options }
  const [shownEndpoint] = chosenModels([{ ...endpoint, models: [...endpoint.models] }], given)
  return shownEndpoint?.models.map(({ id }) => id).join('')
}

it('favourites stand first, in the order of the list', () => {
  expect(shown({ favourites: [ref('d'), ref('b')] })).toBe('bdac')
  expect(shown({ favourites: [{ provider: 'another', id: 'd' }] })).toBe('abcd')
})

it('hidden models are left out, but for the one that the chat uses', () => {
  expect(shown({ hidden: [ref('a'), ref('c')] })).toBe('bd')
  expect(shown({ hidden: [ref('a'), ref('c')], inUse: ref('c') })).toBe('bcd')
})

it('a model is put on a list and taken off again', () => {
  const once = toggled([ref('a')], ref('b'))
  expect(isListed(once, ref('b'))).toBe(true)
  expect(toggled(once, ref('b'))).toEqual([ref('a')])
})
