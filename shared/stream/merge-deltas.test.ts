import { expect, it } from 'vitest'
import { mergeDeltas } from './merge-deltas'
import type { StreamEvent } from './stream-event'

const delta = (
  seq: number,
  text: string,
  id = 't',
  type: 'text-delta' | 'reasoning-delta' = 'text-delta',
): StreamEvent => ({
  seq,
  chunk: { type, id, delta: text },
})

it('joins neighbouring deltas of one part under the last seq', () => {
  expect(mergeDeltas([delta(1, 'a'), delta(2, 'b'), delta(3, 'c')])).toEqual([delta(3, 'abc')])
})

it('keeps apart parts, kinds and everything that is not a delta', () => {
  const events: StreamEvent[] = [
    { seq: 1, chunk: { type: 'start', messageId: 'm' } },
    delta(2, 'r', 'r', 'reasoning-delta'),
    delta(3, 'a'),
    { seq: 4, chunk: { type: 'text-end', id: 't' } },
    delta(5, 'b', 'u'),
    { seq: 6, end: 'done' },
  ]
  expect(mergeDeltas(events)).toEqual(events)
})

it('leaves the events it was given as they are', () => {
  const events = [delta(1, 'a'), delta(2, 'b')]
  mergeDeltas(events)
  expect(events).toEqual([delta(1, 'a'), delta(2, 'b')])
})
