import { expect, it } from 'vitest'
import { createQueueCell } from './queue-cell'

const waiting = { id: 'a', text: 'Later', model: null, createdAt: 1 }

it('tells of what is shown now, and not of the same once more', () => {
  const cell = createQueueCell()
  const heard: number[] = []
  cell.subscribe(() => heard.push(cell.shown.length))
  cell.take([])
  cell.take([waiting])
  cell.take([{ ...waiting }])
  const confirm = cell.lay((queue) => queue.filter(({ id }) => id !== 'a'))
  confirm([])
  expect(heard).toEqual([1, 0])
})
