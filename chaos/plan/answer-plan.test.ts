import { expect, test } from 'vitest'
import { planAnswer, type AnswerPlan } from './answer-plan'
import { drawInstanceFaults } from './server-faults'

const plans = (seed: number) =>
  Array.from({ length: 300 }, (_, index) => planAnswer({ seed, index }))

/** All that a plan decides, with the first draws of what decides later. */
function decisionsOf({ readers, ...plan }: AnswerPlan) {
  const ways = readers.map(({ random, ...reader }) => ({ ...reader, way: random.next() }))
  return { ...plan, readers: ways }
}

test('the same seed makes the same decisions, another seed others', () => {
  const decisions = (seed: number) => JSON.stringify(plans(seed).map(decisionsOf))
  expect(decisions(7)).toBe(decisions(7))
  expect(decisions(7)).not.toBe(decisions(8))
  const first = Array.from({ length: 20 }, drawInstanceFaults(7))
  expect(Array.from({ length: 20 }, drawInstanceFaults(7))).toEqual(first)
})

test('a plan depends on no answer planned before it', () => {
  const alone = planAnswer({ seed: 7, index: 150 })
  const [, later] = [planAnswer({ seed: 7, index: 3 }), planAnswer({ seed: 7, index: 150 })]
  expect(decisionsOf(later)).toEqual(decisionsOf(alone))
})

test('texts reach from one token to 20 KB, with what is hard for parsers, and are whole when joined', () => {
  const texts = plans(7).map(({ text }) => text)
  const lengths = texts.map((text) => text.join('').length)
  expect(Math.min(...lengths)).toBe(2)
  expect(Math.max(...lengths)).toBeGreaterThan(15_000)
  expect(Math.max(...lengths)).toBeLessThan(20_200)
  const all = texts.map((text) => text.join('')).join('')
  for (const hard of ['\r', '\u2028', '\uFEFF', 'data:', '汉', '👩‍👩‍👧‍👦']) expect(all).toContain(hard)
  expect(all.isWellFormed()).toBe(true)
  expect(
    texts.some((text) => text.some((token) => !token.isWellFormed())),
    'some tokens end inside a character',
  ).toBe(true)
})

test('every way to read and to break is planned', () => {
  const readers = plans(7).flatMap((plan) => plan.readers)
  const has = (holds: (reader: AnswerPlan['readers'][number]) => unknown) => readers.some(holds)
  for (const kind of ['page', 'raw'] as const) {
    expect(has((reader) => reader.kind === kind && reader.begins === 'sends')).toBe(true)
    expect(has((reader) => reader.kind === kind && reader.begins === 'looks')).toBe(true)
  }
  for (const how of ['reset', 'end'] as const)
    expect(has(({ cuts }) => cuts.some((cut) => cut?.how === how))).toBe(true)
  expect(has(({ reloadsAfterMs }) => reloadsAfterMs.length > 0)).toBe(true)
  expect(has(({ hides }) => hides)).toBe(true)
  expect(has(({ bytesPerSecond }) => bytesPerSecond)).toBe(true)
  expect(plans(7).some(({ stop }) => stop)).toBe(true)
  expect(Math.max(...plans(7).map((plan) => plan.readers.length))).toBe(5)
})
