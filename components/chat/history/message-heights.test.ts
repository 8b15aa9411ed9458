import { expect, it } from 'vitest'
import type { ChatMessage } from '@/shared/chat/message'
import { createMessageHeights } from './message-heights'

function answer(id: string, text: string): ChatMessage {
  return { id, role: 'assistant', parts: [{ type: 'text', text }] }
}

it('gives the height that was measured', () => {
  const heights = createMessageHeights()
  heights.note('a', { width: 688, height: 321.5 })
  expect(heights.of(answer('a', 'Some text'))).toBe(321.5)
})

it('guesses more for more text, and twice as much for Chinese', () => {
  const heights = createMessageHeights()
  const short = heights.of(answer('a', 'word '.repeat(100)))
  const long = heights.of(answer('b', 'word '.repeat(1_000)))
  expect(long).toBeGreaterThan(5 * short)
  const latin = heights.of(answer('c', 'x'.repeat(5_000)))
  const chinese = heights.of(answer('d', '河'.repeat(5_000)))
  expect(chinese / latin).toBeCloseTo(2, 0)
})

it('takes a height of another width for text that runs as long as the column is narrow', () => {
  const heights = createMessageHeights()
  heights.note('a', { width: 600, height: 300 })
  heights.note('b', { width: 300, height: 100 })
  expect(heights.of(answer('a', ''))).toBe(600)
})
