import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import { searchChats } from './search-chats'
import { indexSome, indexWholeBacklog } from './index-backlog'
import { type ChatBench, openChatBench, userId } from './testing/chat-bench'

let bench: ChatBench

beforeEach(async () => {
  bench = await openChatBench(() => [step.text('The heron of 北京大学 answers.')])
})

afterEach(() => bench[Symbol.asyncDispose]())

async function ask(text: string, chatId?: string): Promise<void> {
  const { run } = await bench.send(text, chatId === undefined ? {} : { chatId })
  await bench.events(run.id)
}

const search = (query: string, more: Partial<Parameters<typeof searchChats>[0]> = {}) =>
  searchChats({ services: bench.services, userId, query, ...more })

describe('searching', () => {
  it('finds what was asked and what was answered, with the words marked', async () => {
    await ask('Where is 北京大学?')

    const { messages, nextCursor, isIndexing } = await search('北京')

    const marked = messages.map(({ role, snippet: { text, ranges } }) => [
      role,
      ...ranges.map(([start, end]) => text.slice(start, end)),
    ])
    expect(new Set(marked)).toEqual(
      new Set([
        ['assistant', '北京'],
        ['user', '北京'],
      ]),
    )
    expect({ nextCursor, isIndexing }).toEqual({ nextCursor: null, isIndexing: false })
  })

  it('finds chats by their title on the first page alone, and not where a speaker is asked for', async () => {
    await ask('About herons', 'a')
    await ask('About herons', 'b')

    const first = await search('heron', { limit: 1 })
    expect(first.chats.map(({ chatId }) => chatId).toSorted()).toEqual(['a', 'b'])
    expect(first.chats[0]?.title).toEqual({ text: 'About herons', ranges: [[6, 12]] })
    const second = await search('heron', { limit: 1, cursor: first.nextCursor ?? '' })
    expect(second.chats).toEqual([])
    expect((await search('heron', { role: 'user' })).chats).toEqual([])
  })

  it('looks into one folder, for titles too', async () => {
    await ask('About herons', 'a')
    await ask('About herons', 'b')
    const { db } = bench.services
    await db.folders.create({ userId, folderId: 'birds', name: 'Birds', now: 1 })
    await db.chats.arrange({
      userId,
      chatIds: ['b'],
      arrangement: { folderId: 'birds' },
      now: 1,
    })

    const { chats, messages } = await search('heron', { folderId: 'birds' })

    expect(chats.map(({ chatId }) => chatId)).toEqual(['b'])
    const found = messages.map(({ chatId, role }) => `${chatId} ${role}`)
    expect(new Set(found)).toEqual(new Set(['b user', 'b assistant']))
  })

  it('goes through all pages without losing or repeating one', async () => {
    for (let each = 0; each < 4; each += 1) await ask('A heron')
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await search('heron', { limit: 3, cursor })
      seen.push(...page.messages.map(({ messageId }) => messageId))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)

    expect(seen).toHaveLength(8)
    expect(new Set(seen).size).toBe(8)
  })

  it('finds nothing by no word', async () => {
    await ask('A heron')
    expect(await search(' ?! ')).toMatchObject({ chats: [], messages: [], nextCursor: null })
  })

  it('refuses a cursor that is not its own', async () => {
    await expect(search('heron', { cursor: '../x' })).rejects.toMatchObject({
      code: 'invalid-request',
    })
  })

  it('has an end when there is nothing older to index', async () => {
    const signal = AbortSignal.timeout(5_000)
    await indexWholeBacklog(bench.services, signal)
    await indexSome(bench.services, { milliseconds: 1_000 })
    expect(signal.aborted).toBe(false)
  })
})
