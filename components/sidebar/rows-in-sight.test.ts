import { expect, it } from 'vitest'
import type { ChatSummary } from '@/shared/chat/chat-summary'
import { newChatPlace } from '@/shared/chat/shelf'
import { rowsInSight, rowsToDraw } from './rows-in-sight'

const chats = Array.from({ length: 10_000 }, (_, index): ChatSummary => ({
  id: `n${index}`,
  title: '',
  createdAt: 0,
  updatedAt: 10_000 - index,
  activeRunId: null,
  ...newChatPlace,
}))

it('draws what is in sight and a little more, wherever that is', () => {
  for (const begin of [-500, 0, 3_000, 180_000, 400_000]) {
    const sight = rowsInSight({ from: 0, to: 0 }, { begin, height: 700 })
    const rows = rowsToDraw(chats, { rowsTop: 36, rowHeight: 36, sight, kept: undefined })
    const seen = chats.flatMap((_, index) => {
      const top = 36 + index * 36
      return top + 36 > begin && top < begin + 700 ? [top] : []
    })
    expect(rows.map(({ top }) => top)).toEqual(expect.arrayContaining(seen))
    expect(rows.length).toBeLessThan(90)
  }
})

it('stays the same while the view moves by little', () => {
  const before = rowsInSight({ from: 0, to: 0 }, { begin: 7_300, height: 700 })
  expect(rowsInSight(before, { begin: 7_310, height: 700 })).toBe(before)
  expect(rowsInSight(before, { begin: 9_000, height: 700 })).not.toBe(before)
})

it('keeps the row that has the focus, in its place', () => {
  const sight = { from: 36_000, to: 37_000 }
  const where = { rowsTop: 0, rowHeight: 36, sight }
  const [first] = rowsToDraw(chats, { ...where, kept: 'n3' })
  expect(first).toMatchObject({ chat: { id: 'n3' }, top: 108 })
  const last = rowsToDraw(chats, { ...where, kept: 'n9000' }).at(-1)
  expect(last).toMatchObject({ chat: { id: 'n9000' }, top: 324_000 })
  const inside = rowsToDraw(chats, { ...where, kept: 'n1010' })
  expect(inside.filter(({ chat }) => chat.id === 'n1010')).toHaveLength(1)
})
