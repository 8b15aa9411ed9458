import { expect, it } from 'vitest'
import { createFakePage } from '../testing/fake-page'
import { createFakeTimers } from '../testing/fake-timers'
import { createDrafts } from './drafts'

function setUp() {
  const stored = new Map<string, string>()
  const kept = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  const clock = createFakeTimers()
  const page = createFakePage()
  const open = () => createDrafts({ kept, timers: clock.timers, page: page.page })
  return { stored, clock, page, open }
}

it('keeps a draft over a reload, once writing has paused', () => {
  const { stored, clock, open } = setUp()
  const drafts = open()
  drafts.write('c1', 'H')
  clock.advance(200)
  drafts.write('c1', 'Hi')
  clock.advance(200)
  expect(stored.size).toBe(0)
  expect(drafts.read('c1')).toBe('Hi')
  clock.advance(100)
  expect(open().read('c1')).toBe('Hi')
})

it('keeps what is waiting when the page is left', () => {
  const { page, open } = setUp()
  open().write('new', 'Hi')
  page.hide()
  expect(open().read('new')).toBe('Hi')
})

it('keeps nothing of a temporary chat', () => {
  const { stored, clock, open } = setUp()
  open().write('temporary-1', 'a secret')
  clock.advance(300)
  expect(stored.size).toBe(0)
  expect(open().read('temporary-1')).toBe('')
})

it('keeps one for each chat and forgets cleared and empty ones', () => {
  const { stored, clock, open } = setUp()
  const drafts = open()
  drafts.write('c1', 'one')
  drafts.write('c2', 'two')
  drafts.write('c3', 'three')
  clock.advance(300)
  drafts.write('c1', '')
  clock.advance(300)
  drafts.write('c2', 'two, and more')
  drafts.clear('c2')
  clock.advance(300)
  expect(drafts.read('c1')).toBe('')
  expect(drafts.read('c2')).toBe('')
  expect([...stored.values()]).toEqual(['three'])
})
