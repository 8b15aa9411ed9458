import { describe, expect, it } from 'vitest'
import type { MessagePage } from '@/shared/chat/chat-summary'
import type { ChatMessage } from '@/shared/chat/message'
import { createFakeFrames } from '../testing/fake-frames'
import { until } from '../testing/until'
import { ChatMessageStore } from './chat-store'
import { createEarlierMessages } from './earlier-messages'

/** Messages m<from> to m<to>, each the child of the one before; those with even numbers are questions. */
function branch(from: number, to: number): ChatMessage[] {
  return Array.from({ length: to - from + 1 }, (_, index) => {
    const number = from + index
    const parentId = number === 0 ? null : `m${number - 1}`
    return {
      id: `m${number}`,
      role: number % 2 === 0 ? 'user' : 'assistant',
      parts: [{ type: 'text', text: `Text ${number}` }],
      metadata: { status: 'done', createdAt: number, parentId },
    }
  })
}

function pageOf(from: number, to: number): MessagePage {
  return { messages: branch(from, to), hasEarlier: from > 0 }
}

function setUp(newest: MessagePage) {
  const frames = createFakeFrames()
  const store = new ChatMessageStore({
    messages: newest.messages,
    schedule: frames.schedule,
    isPaced: () => false,
  })
  const calls: { before: string; limit?: number; answer: PromiseWithResolvers<MessagePage> }[] = []
  const statuses: string[] = []
  const earlier = createEarlierMessages({
    chatId: 'c1',
    store,
    api: {
      loadEarlier: (_, { before, limit }) => {
        const answer = Promise.withResolvers<MessagePage>()
        calls.push({ before, ...(limit && { limit }), answer })
        return answer.promise
      },
    },
    hasEarlier: newest.hasEarlier,
    onPage: () => undefined,
    onChange: () => void statuses.push(earlier.status),
  })
  const call = async (nth: number) => {
    await until(() => calls.length >= nth)
    const found = calls[nth - 1]
    if (!found) throw new Error(`There was no call ${nth}.`)
    return found
  }
  return { store, earlier, calls, call, statuses, frames }
}

const idsOf = (messages: readonly ChatMessage[]) => messages.map(({ id }) => id)

describe('loading earlier messages', () => {
  it('puts each page in front of the one before, until the branch begins', async () => {
    const { store, earlier, call, statuses } = setUp(pageOf(4, 5))
    const first = earlier.load()
    ;(await call(1)).answer.resolve(pageOf(2, 3))
    await first
    expect(store.messageIds).toEqual(['m2', 'm3', 'm4', 'm5'])
    const second = earlier.load()
    ;(await call(2)).answer.resolve(pageOf(0, 1))
    await second
    await earlier.load()
    expect(store.messageIds).toEqual(idsOf(branch(0, 5)))
    expect(statuses).toEqual(['loading', 'more', 'loading', 'none'])
    expect((await call(2)).before).toBe('m2')
  })

  it('asks once, however often it is called', async () => {
    const { earlier, calls, call, store } = setUp(pageOf(4, 5))
    const loads = [earlier.load(), earlier.load()]
    ;(await call(1)).answer.resolve(pageOf(2, 3))
    await Promise.all(loads)
    expect(calls).toHaveLength(1)
    expect(store.messageIds).toEqual(idsOf(branch(2, 5)))
  })

  it('leaves messages that are shown, and their order, as they are', async () => {
    const { earlier, call, store } = setUp(pageOf(4, 5))
    const shown = store.message('m4')
    let told = 0
    store.subscribe(() => (told += 1), 'm4')
    const load = earlier.load()
    ;(await call(1)).answer.resolve(pageOf(2, 4))
    await load
    expect(store.messageIds).toEqual(idsOf(branch(2, 5)))
    expect(store.message('m4')).toBe(shown)
    expect(told).toBe(0)
  })

  it('does not disturb an answer that streams', async () => {
    const { earlier, call, store, frames } = setUp(pageOf(4, 4))
    const text = { type: 'text' as const, text: 'One' }
    const answer: ChatMessage = { id: 'm5', role: 'assistant', parts: [text] }
    store.pushMessage(answer)
    store.status = 'streaming'
    const load = earlier.load()
    ;(await call(1)).answer.resolve(pageOf(0, 3))
    await load
    text.text += ' two'
    store.putMessage(answer)
    store.status = 'ready'
    frames.tick()
    expect(store.messageIds).toEqual(idsOf(branch(0, 5)))
    expect(store.message('m5')?.parts).toEqual([{ type: 'text', text: 'One two' }])
  })

  it('says that it failed, and tries again when asked', async () => {
    const { earlier, call, store } = setUp(pageOf(2, 3))
    const failing = earlier.load()
    ;(await call(1)).answer.reject(new Error('No'))
    await failing
    expect(earlier.status).toBe('failed')
    const again = earlier.load()
    expect(earlier.status).toBe('loading')
    ;(await call(2)).answer.resolve(pageOf(0, 1))
    await again
    expect(store.messageIds).toEqual(idsOf(branch(0, 3)))
  })

  it('throws a page away whose place is gone', async () => {
    const { earlier, call, store } = setUp(pageOf(4, 5))
    const load = earlier.load()
    earlier.adopt(pageOf(90, 91))
    expect(earlier.status).toBe('more')
    ;(await call(1)).answer.resolve(pageOf(2, 3))
    await load
    expect(store.messageIds).toEqual(['m90', 'm91'])
    expect(earlier.status).toBe('more')
  })
})

describe('loading until a message is there', () => {
  it('takes larger pages, and stops with the one that has it', async () => {
    const { earlier, call, calls, store } = setUp(pageOf(300, 301))
    const found = earlier.loadUntil('m120')
    ;(await call(1)).answer.resolve(pageOf(200, 299))
    ;(await call(2)).answer.resolve(pageOf(100, 199))
    expect(await found).toBe(true)
    expect(calls.map(({ before, limit }) => [before, limit])).toEqual([
      ['m300', 100],
      ['m200', 100],
    ])
    expect(store.messageIds[0]).toBe('m100')
  })

  it('says when the message is not on the branch, and when a page cannot be had', async () => {
    const { earlier, call } = setUp(pageOf(2, 3))
    const failing = earlier.loadUntil('elsewhere')
    ;(await call(1)).answer.reject(new Error('No'))
    expect(await failing).toBe(false)
    const missing = earlier.loadUntil('elsewhere')
    ;(await call(2)).answer.resolve(pageOf(0, 1))
    expect(await missing).toBe(false)
    expect(await earlier.loadUntil('m0')).toBe(true)
  })
})

describe('a newest page that comes again', () => {
  async function withEarlier() {
    const bench = setUp(pageOf(4, 5))
    const load = bench.earlier.load()
    ;(await bench.call(1)).answer.resolve(pageOf(2, 3))
    await load
    return bench
  }

  it('keeps what was loaded before it', async () => {
    const { earlier, store } = await withEarlier()
    earlier.adopt(pageOf(4, 7))
    expect(store.messageIds).toEqual(idsOf(branch(2, 7)))
    earlier.adopt(pageOf(6, 9))
    expect(store.messageIds).toEqual(idsOf(branch(2, 9)))
    earlier.adopt(pageOf(10, 11))
    expect(store.messageIds).toEqual(idsOf(branch(2, 11)))
    expect(earlier.status).toBe('more')
  })

  it('stands alone when it continues something else', async () => {
    const { earlier, store } = await withEarlier()
    earlier.adopt({ messages: [], hasEarlier: false })
    expect(store.messageIds).toEqual([])
    expect(earlier.status).toBe('none')
    earlier.adopt(pageOf(20, 21))
    expect(store.messageIds).toEqual(['m20', 'm21'])
    expect(earlier.status).toBe('more')
  })

  it('keeps what was loaded while a request was out that is undone', async () => {
    const { earlier, store } = await withEarlier()
    const before = [...store.messages]
    store.messages = before.slice(0, -1)
    store.prepend(branch(0, 1))
    earlier.restore(before)
    expect(store.messageIds).toEqual(idsOf(branch(0, 5)))
  })
})

it('lets go of all but the newest turns', () => {
  const { earlier, store } = setUp(pageOf(0, 99))
  earlier.release()
  expect(store.messageIds).toEqual(idsOf(branch(70, 99)))
  expect(store.message('m69')).toBeUndefined()
  expect(earlier.status).toBe('more')
  earlier.release()
  expect(store.messageIds).toHaveLength(30)
})
