import { expect, it } from 'vitest'
import { createFakeTimers } from '../testing/fake-timers'
import { until } from '../testing/until'
import { createAnswerWatch } from './answer-watch'

function setUp() {
  const clock = createFakeTimers()
  const unread = new Set<string>()
  const asked: string[] = []
  const shown: string[] = []
  const hear = createAnswerWatch({
    timers: clock.timers,
    isUnread: async (chatId) => {
      asked.push(chatId)
      return unread.has(chatId)
    },
    show: (chatId) => void shown.push(chatId),
    close: (chatId) => void shown.splice(shown.indexOf(chatId), 1),
  })
  return { clock, unread, asked, shown, hear }
}

it('an answer that nobody has looked at is told, and no longer when somebody has', async () => {
  const { clock, unread, shown, hear } = setUp()
  unread.add('c1')
  hear({ type: 'run-ended', chatId: 'c1', runId: 'r1', status: 'done' })
  expect(shown).toEqual([])
  clock.advance(2_000)
  await until(() => shown.length === 1)
  hear({ type: 'chat-removed', chatId: 'c1' })
  expect(shown).toEqual([])
})

it('an answer that is looked at, in whatever tab, is not told', async () => {
  const { clock, asked, shown, hear } = setUp()
  hear({ type: 'run-ended', chatId: 'c1', runId: 'r1', status: 'done' })
  clock.advance(2_000)
  await until(() => asked.length === 1)
  expect(shown).toEqual([])
})

it('an answer that was stopped is none to tell of', () => {
  const { clock, unread, asked, hear } = setUp()
  unread.add('c1')
  hear({ type: 'run-ended', chatId: 'c1', runId: 'r1', status: 'stopped' })
  clock.advance(2_000)
  expect(asked).toEqual([])
})
