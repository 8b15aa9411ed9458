import { describe, expect, it } from 'vitest'
import { intoStretches } from './stretches'

const ids = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `m${from + index}`)

describe('intoStretches', () => {
  it('keeps the order and every message, whatever comes', () => {
    const first = intoStretches([], ids(100, 130))
    const changes = [
      ids(100, 131),
      ids(60, 131),
      ids(60, 128),
      [...ids(60, 90), 'new', ...ids(95, 131)],
    ]
    let stretches = first
    for (const change of changes) {
      stretches = intoStretches(stretches, change)
      expect(stretches.flatMap(({ ids: own }) => own)).toEqual(change)
      expect(new Set(stretches.map(({ key }) => key)).size, 'keys are unique').toBe(
        stretches.length,
      )
    }
  })

  it('gives back the same stretches when older messages come before them', () => {
    const newest = intoStretches([], ids(100, 130))
    const all = intoStretches(newest, ids(0, 130))
    expect(all.slice(-newest.length).every((stretch, at) => stretch === newest[at])).toBe(true)
  })

  it('lets only the last one grow when a message is added', () => {
    const before = intoStretches([], ids(0, 20))
    const after = intoStretches(before, ids(0, 22))
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after.at(-1)?.ids).toContain('m21')
  })

  it('lets none grow without end', () => {
    let stretches = intoStretches([], ids(0, 1))
    for (let count = 2; count <= 100; count += 1)
      stretches = intoStretches(stretches, ids(0, count))
    expect(Math.max(...stretches.map(({ ids: own }) => own.length))).toBe(8)
  })

  it('leaves the others alone when a message is taken out', () => {
    const before = intoStretches([], ids(0, 24))
    const after = intoStretches(before, ids(0, 23))
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after[2]?.key).toBe(before[2]?.key)
  })
})
