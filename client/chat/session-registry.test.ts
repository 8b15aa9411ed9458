import { expect, it } from 'vitest'
import type { ChatDetail } from '@/shared/chat/chat-summary'
import { createChatApi } from '../api/chat-api'
import { browserTimers } from '../stream/timers'
import { createFakePage } from '../testing/fake-page'
import { createChatSession } from './streaming-chat-session'
import { createSessionRegistry } from './session-registry'
import { newChatPlace } from '@/shared/chat/shelf'

function setUp() {
  const neverAnswers = () => new Promise<Response>(() => undefined)
  return createSessionRegistry((chatId, seed) =>
    createChatSession({
      chatId,
      seed,
      environment: {
        fetch: neverAnswers,
        api: createChatApi(neverAnswers),
        timers: browserTimers,
        page: createFakePage().page,
        random: Math.random,
        frames: () => () => undefined,
        isPaced: () => false,
        newId: () => 'new',
      },
    }),
  )
}

const detail: ChatDetail = {
  id: 'c1',
  title: 'One',
  createdAt: 1,
  updatedAt: 5,
  activeRunId: null,
  ...newChatPlace,
  model: null,
  messages: [{ id: 'u1', role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
  hasEarlier: false,
}

it('opens one session a chat', () => {
  const registry = setUp()
  expect(registry.open('c1')).toBe(registry.open('c1'))
  expect(registry.open('c2')).not.toBe(registry.open('c1'))
})

it('takes a newer seed over, after the render that brought it', async () => {
  const registry = setUp()
  const session = registry.open('c1', { ...detail, messages: [] })
  registry.open('c1', { ...detail, updatedAt: 6 })
  expect(session.store.messageIds).toEqual([])
  await Promise.resolve()
  expect(session.store.messageIds).toEqual(['u1'])
})

it('drops the sessions left longest, but none that is watched or streams', () => {
  const registry = setUp()
  registry.open('watched').subscribe(() => undefined)
  void registry.open('sending').send({ text: 'Hi' })
  for (let index = 0; index < 30; index += 1) registry.open(`c${index}`)
  registry.open('watched-last')
  expect(registry.find('watched')).toBeDefined()
  expect(registry.find('sending')).toBeDefined()
  expect(registry.find('c29')).toBeDefined()
  expect(registry.find('c5')).toBeUndefined()
  expect([...registry.all()].length).toBeLessThanOrEqual(21)
})

it('lets sessions that were left keep their newest messages only', () => {
  const registry = setUp()
  const messages = Array.from({ length: 80 }, (_, index) => ({
    id: `m${index}`,
    role: index % 2 === 0 ? ('user' as const) : ('assistant' as const),
    parts: [],
  }))
  const [watched, left] = ['watched', 'left'].map((chatId) =>
    registry.open(chatId, { ...detail, id: chatId, messages }),
  )
  watched?.subscribe(() => undefined)
  for (let index = 0; index < 4; index += 1) registry.open(`c${index}`)
  expect(watched?.store.messageIds).toHaveLength(80)
  expect(left?.store.messageIds).toHaveLength(30)
  expect(left?.earlier).toBe('more')
})
