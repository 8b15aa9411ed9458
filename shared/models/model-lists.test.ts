import { expect, it } from 'vitest'
import type { EndpointInfo } from './model-catalog'
import { chosenModels, isListed, toggled } from './model-lists'

const ref = (id: string, provider = 'openai') => ({ provider, id })
const endpointOf = (id: string, models: string[]): EndpointInfo => ({
  id,
  name: id.toUpperCase(),
  kind: 'compatible',
  status: models.length > 0 ? 'ready' : 'unreachable',
  models: models.map((model) => ({ id: model, name: model })),
})
const endpoints = [
  endpointOf('openai', ['a', 'b', 'c', 'd']),
  endpointOf('local', ['b']),
  endpointOf('away', []),
]

function shown(options: Partial<Parameters<typeof chosenModels>[1]>) {
  const chosen = chosenModels(endpoints, { favourites: [], hidden: [], ...options })
  return {
    favourites: chosen.favourites.map(({ provider, id }) => `${provider}/${id}`),
    others: chosen.endpoints.map(({ id, models }) => `${id}: ${models.map((m) => m.id).join('')}`),
  }
}

it('favourites of all endpoints stand first, in the order of the list, and nowhere else', () => {
  expect(shown({ favourites: [ref('b', 'local'), ref('d'), ref('b')] })).toEqual({
    favourites: ['openai/b', 'openai/d', 'local/b'],
    others: ['openai: ac', 'away: '],
  })
  expect(chosenModels(endpoints, { favourites: [ref('b', 'local')], hidden: [] })).toMatchObject({
    favourites: [{ name: 'b', endpoint: 'LOCAL' }],
  })
})

it('hidden models are left out, but for the one that the chat uses', () => {
  const hidden = [ref('a'), ref('c'), ref('b', 'local')]
  expect(shown({ hidden }).others).toEqual(['openai: bd', 'away: '])
  expect(shown({ hidden, inUse: [ref('c')] }).others).toEqual(['openai: bcd', 'away: '])
})

it('a hidden favourite is hidden', () => {
  expect(shown({ favourites: [ref('a')], hidden: [ref('a')] })).toEqual({
    favourites: [],
    others: ['openai: bcd', 'local: b', 'away: '],
  })
})

it('a model is put on a list and taken off again', () => {
  const once = toggled([ref('a')], ref('b'))
  expect(isListed(once, ref('b'))).toBe(true)
  expect(toggled(once, ref('b'))).toEqual([ref('a')])
})
