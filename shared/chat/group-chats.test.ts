import { expect, test } from 'vitest'
import type { ChatSummary } from './chat-summary'
import { groupChats } from './group-chats'
import { groupManyChats } from './group-many-chats'
import { newChatPlace } from '@/shared/chat/shelf'

const now = Date.UTC(2026, 10, 22, 3)

function chat(id: string, updatedAt: number): ChatSummary {
  return { id, title: id, createdAt: updatedAt, updatedAt, activeRunId: null, ...newChatPlace }
}

function spans(chats: ChatSummary[], timeZone = 'UTC') {
  return groupChats(chats, { now, timeZone }).map(({ span, chats: members }) => [
    span,
    ...members.map(({ id }) => id),
  ])
}

test('chats stand under the day, the weeks or the month of their last change', () => {
  const hour = 3_600_000
  expect(
    spans([
      chat('just now', now),
      chat('midnight', now - 3 * hour),
      chat('before midnight', now - 3 * hour - 1),
      chat('six days', now - 6 * 24 * hour),
      chat('thirty days', now - 30 * 24 * hour),
      chat('october', Date.UTC(2026, 9, 10)),
      chat('september', Date.UTC(2026, 8, 30)),
      chat('september too', Date.UTC(2026, 8, 1)),
    ]),
  ).toEqual([
    ['today', 'just now', 'midnight'],
    ['yesterday', 'before midnight'],
    ['previous7Days', 'six days'],
    ['previous30Days', 'thirty days'],
    ['month', 'october'],
    ['month', 'september', 'september too'],
  ])
})

test('days begin at the reader’s midnight', () => {
  const chats = [chat('a', Date.UTC(2026, 10, 22, 1))]
  expect(spans(chats, 'Asia/Shanghai')).toEqual([['today', 'a']])
  expect(
    groupChats(chats, { now: Date.UTC(2026, 10, 22, 12), timeZone: 'America/Los_Angeles' })[0]
      ?.span,
  ).toBe('yesterday')
})

test('a clock that is ahead of ours puts a chat under today', () => {
  expect(spans([chat('later', now + 86_400_000)])).toEqual([['today', 'later']])
})

test('ten thousand chats stand under the same headings, found without reading them all', () => {
  const hour = 3_600_000
  const chats = Array.from({ length: 10_000 }, (_, index) =>
    chat(`n${index}`, now - Math.floor(index ** 1.3) * hour),
  )
  const reader = { now, timeZone: 'Asia/Shanghai' }
  expect(groupManyChats(chats, reader)).toEqual(groupChats(chats, reader))
  expect(groupManyChats([], reader)).toEqual([])
})
