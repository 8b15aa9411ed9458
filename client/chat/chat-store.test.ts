import { describe, expect, it } from 'vitest'
import type { ChatMessage } from '@/shared/chat/message'
import { createFakeFrames } from '../testing/fake-frames'
import { ChatMessageStore } from './chat-store'

const asked = messageOf('u1', 'user', 'Hello?')
const earlierAnswer = messageOf('a1', 'assistant', 'Hello.')

function messageOf(id: string, role: 'user' | 'assistant', text: string): ChatMessage {
  return { id, role, parts: [{ type: 'text', text }], metadata: { status: 'done', createdAt: 1 } }
}

function setUp(
  messages: ChatMessage[] = [asked, earlierAnswer],
  { isPaced = false }: { isPaced?: boolean } = {},
) {
  const frames = createFakeFrames()
  const store = new ChatMessageStore({
    messages,
    schedule: frames.schedule,
    isPaced: () => isPaced,
  })
  const counts = { all: 0, u1: 0, a1: 0, a2: 0 }
  store.subscribe(() => (counts.all += 1))
  store.subscribe(() => (counts.u1 += 1), 'u1')
  store.subscribe(() => (counts.a1 += 1), 'a1')
  store.subscribe(() => (counts.a2 += 1), 'a2')
  return { store, frames, counts }
}

/** An answer that is changed in place and put again, as a stream does it. */
function writer(store: ChatMessageStore, id = 'a2') {
  const text = { type: 'text' as const, text: '' }
  const reasoning = { type: 'reasoning' as const, text: 'Hm.' }
  const answer: ChatMessage = { id, role: 'assistant', parts: [reasoning, text] }
  const write = (delta: string) => {
    text.text += delta
    store.putMessage(answer)
  }
  return { write, answer }
}

function textOf(message: ChatMessage | undefined) {
  return message?.parts.map((part) => ('text' in part ? part.text : '')).join('|')
}

describe('a chat store while an answer streams', () => {
  it('shows many tokens once a frame, to the one message they belong to', () => {
    const { store, frames, counts } = setUp()
    const { write } = writer(store)
    write('')
    store.status = 'streaming'
    frames.tick()
    const before = { ...counts }
    for (let token = 0; token < 100; token += 1) write('x')
    expect(counts).toEqual(before)
    expect(frames.pendingCount).toBe(1)
    frames.tick()
    expect(counts).toEqual({ ...before, all: before.all + 1, a2: before.a2 + 1 })
    expect(textOf(store.message('a2'))).toBe(`Hm.|${'x'.repeat(100)}`)
  })

  it('keeps the references of everything that did not change', () => {
    const { store, frames } = setUp()
    const { write } = writer(store)
    write('')
    store.status = 'streaming'
    frames.tick()
    const { messageIds } = store
    const first = store.message('a2')
    write('x')
    frames.tick()
    expect(store.messageIds).toBe(messageIds)
    expect(store.message('u1')).toBe(asked)
    expect(store.message('a1')).toBe(earlierAnswer)
    expect(store.message('a2')).not.toBe(first)
    expect(store.message('a2')?.parts[0]).toBe(first?.parts[0])
    expect(store.message('a2')?.parts[1]).not.toBe(first?.parts[1])
  })

  it('shows what later writes can’t change', () => {
    const { store, frames } = setUp()
    const { write } = writer(store)
    store.status = 'streaming'
    write('one')
    frames.tick()
    const shown = store.message('a2')
    write(' two')
    expect(textOf(shown)).toBe('Hm.|one')
  })

  it('shows the rest at once when the stream ends', () => {
    const { store, frames } = setUp()
    const { write } = writer(store)
    store.status = 'streaming'
    write('all of it')
    store.status = 'ready'
    expect(textOf(store.message('a2'))).toBe('Hm.|all of it')
    expect(frames.pendingCount).toBe(0)
  })

  it('shows every write at once where no frames come', () => {
    const store = new ChatMessageStore({
      messages: [],
      schedule: (run) => {
        run(0)
        return () => undefined
      },
      isPaced: () => false,
    })
    const { write } = writer(store)
    store.status = 'streaming'
    write('a')
    expect(textOf(store.message('a2'))).toBe('Hm.|a')
    write('b')
    expect(textOf(store.message('a2'))).toBe('Hm.|ab')
  })

  it('touches no other message for a chunk or a frame, however many there are', () => {
    let touched = 0
    const history = Array.from({ length: 1_000 }, (_, index) => {
      const message = messageOf(`m${index}`, 'user', 'x')
      return new Proxy(message, {
        get: (target, name, receiver) => {
          touched += 1
          return Reflect.get(target, name, receiver) as unknown
        },
      })
    })
    const { store, frames, counts } = setUp(history, { isPaced: true })
    for (const { id } of history) store.subscribe(() => (touched += 1), id)
    const { messages } = store
    const { write } = writer(store)
    write('')
    store.status = 'streaming'
    frames.tick()
    const before = { ...counts }
    touched = 0
    for (let frame = 0; frame < 100; frame += 1) {
      for (let token = 0; token < 20; token += 1) write('x')
      frames.tick()
    }
    expect(touched).toBe(0)
    expect(counts).toEqual({ ...before, all: before.all + 100, a2: before.a2 + 100 })
    expect(store.messages).toBe(messages)
  })

  it('does not shrink a message while a replay of it catches up', () => {
    const { store, frames } = setUp([asked, messageOf('a2', 'assistant', 'kept text')])
    store.catchUp('a2')
    store.status = 'submitted'
    const { write } = writer(store)
    write('')
    expect(textOf(store.message('a2'))).toBe('kept text')
    store.status = 'streaming'
    write('kept ')
    frames.tick()
    expect(textOf(store.message('a2'))).toBe('kept text')
    write('text, and more')
    frames.tick()
    expect(textOf(store.message('a2'))).toBe('Hm.|kept text, and more')
  })

  it('shows a replay that stayed shorter when it has ended', () => {
    const { store } = setUp([asked, messageOf('a2', 'assistant', 'kept text that is longer')])
    store.catchUp('a2')
    store.status = 'submitted'
    writer(store).write('short')
    store.status = 'ready'
    expect(textOf(store.message('a2'))).toBe('Hm.|short')
  })
})

describe('a chat store that paces', () => {
  const burst = 'x'.repeat(100)

  /** An answer whose first words are on the screen and of which a burst has come since. */
  function withBurst() {
    const bench = setUp([asked], { isPaced: true })
    const { store, frames } = bench
    const text = { type: 'text' as const, text: '', state: 'streaming' as 'streaming' | 'done' }
    const answer: ChatMessage = { id: 'a2', role: 'assistant', parts: [text] }
    store.pushMessage(answer)
    store.status = 'streaming'
    const write = (delta: string) => {
      text.text += delta
      store.putMessage(answer)
    }
    write('First.')
    frames.tick()
    write(burst)
    frames.tick()
    return { ...bench, write, text, length: () => textOf(store.message('a2'))?.length ?? 0 }
  }

  it('spreads a burst over some frames, and asks for no more of them then', () => {
    const { frames, length, store } = withBurst()
    const outline = store.outline('a2')
    const lengths = [length()]
    while (frames.pendingCount > 0) {
      frames.tick()
      lengths.push(length())
    }
    expect(lengths.length).toBeGreaterThan(3)
    expect(lengths).toEqual(lengths.toSorted((left, right) => left - right))
    expect(lengths[0]).toBeLessThan(50)
    expect(lengths.at(-1)).toBe(106)
    expect(store.outline('a2')).toBe(outline)
  })

  it('shows the rest at once when the part, or the stream, has ended', () => {
    const ofPart = withBurst()
    ofPart.text.state = 'done'
    ofPart.write('')
    ofPart.frames.tick()
    expect(ofPart.length()).toBe(106)
    const ofStream = withBurst()
    ofStream.store.status = 'ready'
    expect(ofStream.length()).toBe(106)
  })

  it('shows a replay as it comes, and paces again after it', () => {
    const { store, write, frames, length } = withBurst()
    store.skipPacing()
    frames.tick()
    expect(length()).toBe(106)
    write(burst)
    frames.tick()
    expect(length()).toBe(206)
    frames.tick(300)
    write('.')
    frames.tick(300)
    write(burst)
    frames.tick()
    expect(length()).toBeLessThan(260)
  })

  it('never takes back what something else has shown', () => {
    const { store, frames, length, write } = withBurst()
    store.prepend([messageOf('m0', 'user', 'Before')])
    expect(length()).toBe(106)
    write('.')
    frames.tick()
    expect(length()).toBe(107)
  })
})

describe('the outline of a message', () => {
  it('is the same object from token to token, and another when a part begins', () => {
    const { store, frames } = setUp()
    const { write, answer } = writer(store)
    store.status = 'streaming'
    write('one')
    frames.tick()
    const first = store.outline('a2')
    write(' two')
    frames.tick()
    expect(store.outline('a2')).toBe(first)
    answer.parts.push({ type: 'text', text: 'three' })
    write('')
    frames.tick()
    expect(store.outline('a2')).not.toBe(first)
    expect(store.outline('a2')?.parts).toEqual([
      { type: 'reasoning', hasText: true },
      { type: 'text', hasText: true },
      { type: 'text', hasText: true },
    ])
  })
})

describe('a chat store', () => {
  it('keeps references of equal messages that were loaded again', () => {
    const { store, counts } = setUp()
    const { messageIds } = store
    store.messages = structuredClone([asked, earlierAnswer])
    expect(store.messageIds).toBe(messageIds)
    expect(store.message('a1')).toBe(earlierAnswer)
    expect(counts.a1).toBe(0)
  })

  it('tells a message’s own subscribers when it was loaded with a change', () => {
    const { store, counts } = setUp()
    store.messages = [asked, messageOf('a1', 'assistant', 'Changed.')]
    expect(textOf(store.message('a1'))).toBe('Changed.')
    expect(counts).toMatchObject({ u1: 0, a1: 1 })
  })

  it('forgets removed messages', () => {
    const { store } = setUp()
    store.removeMessage('a1')
    expect(store.messageIds).toEqual(['u1'])
    expect(store.message('a1')).toBeUndefined()
    expect(store.seed.messageIds).toEqual(['u1', 'a1'])
    expect(store.seed.message('a1')).toBe(earlierAnswer)
  })
})
