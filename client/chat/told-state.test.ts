import { expect, it } from 'vitest'
import { createToldState } from './told-state'

it('tells once of a change and what follows from it', () => {
  const fields = { phase: 'idle', count: 0 }
  const state = createToldState(() => ({ ...fields }))
  const heard: object[] = []
  const leave = state.subscribe(() => heard.push(state.now))
  state.change(() => {
    fields.phase = 'sending'
    state.change(() => (fields.count = 1))
    expect(state.now).toEqual({ phase: 'idle', count: 0 })
  })
  state.change(() => undefined)
  expect(heard).toEqual([{ phase: 'sending', count: 1 }])
  leave()
  state.change(() => (fields.count = 2))
  expect(heard).toHaveLength(1)
  expect(state.isHeard).toBe(false)
})

it('goes on telling after a change that failed', () => {
  let count = 0
  const state = createToldState(() => ({ count }))
  const failing = () =>
    state.change(() => {
      throw new Error('It broke.')
    })
  expect(failing).toThrow('It broke.')
  state.change(() => (count = 1))
  expect(state.now.count).toBe(1)
})
