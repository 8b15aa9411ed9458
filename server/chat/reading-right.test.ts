import { expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import { endSessions } from '../auth/session-end'
import { removeChat, restoreChat } from './change-chat'
import { readingRight } from './reading-right'
import { chatId, openChatBench, userId } from './testing/chat-bench'

async function openReader() {
  const bench = await openChatBench(() => [step.text('a')])
  await (
    await bench.send('hi')
  ).finished
  const session = { userId, issuedAt: Date.now() - 1000 }
  return { bench, session, mayRead: readingRight({ services: bench.services, session, chatId }) }
}

it('goes on while the session holds and the chat is there', async () => {
  const { bench, mayRead } = await openReader()
  await using _ = bench
  expect(await mayRead()).toBe(true)
})

it('ends with the session, for a chat and for live events', async () => {
  const { bench, session, mayRead } = await openReader()
  await using _ = bench
  const mayReadEvents = readingRight({ services: bench.services, session })
  expect(await mayReadEvents()).toBe(true)
  await endSessions(bench.services, session)
  expect(await Promise.all([mayRead(), mayReadEvents()])).toEqual([false, false])
})

it('ends when the chat is removed, and is there again when that is undone', async () => {
  const { bench, mayRead } = await openReader()
  await using _ = bench
  const chat = { services: bench.services, userId, chatId }
  await removeChat(chat)
  expect(await mayRead()).toBe(false)
  await restoreChat(chat)
  expect(await mayRead()).toBe(true)
})

it('takes nothing away while the database cannot be asked', async () => {
  const { bench, mayRead } = await openReader()
  await using _ = bench
  bench.services.db.users.sessionsEndedAt = () => Promise.reject(new Error('connection refused'))
  expect(await mayRead()).toBe(true)
})
