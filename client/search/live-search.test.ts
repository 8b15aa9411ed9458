import { expect, it } from 'vitest'
import type { SearchResults } from '@/shared/search/search-results'
import { createFakeTimers } from '../testing/fake-timers'
import { createLiveSearch } from './live-search'
import type { SearchCall } from './search-api'

const resultsOf = (name: string, nextCursor: string | null = null): SearchResults => ({
  chats: [],
  messages: [
    {
      chatId: 'chat',
      chatTitle: 'Title',
      messageId: name,
      role: 'user',
      createdAt: 1,
      snippet: { text: name, ranges: [] },
    },
  ],
  nextCursor,
  isIndexing: false,
})

function setUp() {
  const { timers, advance } = createFakeTimers()
  const asked: {
    name: string
    signal: AbortSignal
    answer: PromiseWithResolvers<SearchResults>
  }[] = []
  const search: SearchCall = ({ q }, { cursor, signal }) => {
    const answer = Promise.withResolvers<SearchResults>()
    asked.push({ name: cursor ? `${q} after ${cursor}` : q, signal, answer })
    return answer.promise
  }
  const live = createLiveSearch({ search, timers })
  const shown = () => live.getSnapshot().results?.messages.map(({ messageId }) => messageId)
  const changed = () => new Promise<void>((resolve) => void live.subscribe(resolve))
  return { live, asked, advance, shown, changed }
}

it('asks once when somebody stops typing', () => {
  const { live, asked, advance } = setUp()
  for (const q of ['h', 'he', 'her']) {
    live.wish({ q })
    advance(50)
  }
  expect(asked).toHaveLength(0)

  advance(120)

  expect(asked.map(({ name }) => name)).toEqual(['her'])
})

it('shows the answer to the latest wish, and lets go of the earlier one', async () => {
  const { live, asked, advance, shown, changed } = setUp()
  live.wish({ q: 'old' })
  advance(200)
  live.wish({ q: 'new' })
  advance(200)
  expect(asked[0]?.signal.aborted).toBe(true)

  asked[1]?.answer.resolve(resultsOf('new'))
  await changed()
  asked[0]?.answer.resolve(resultsOf('old'))
  await asked[0]?.answer.promise

  expect(shown()).toEqual(['new'])
})

it('keeps what it shows while it asks for something else, and says so', async () => {
  const { live, asked, advance, shown, changed } = setUp()
  live.wish({ q: 'one' })
  advance(200)
  asked[0]?.answer.resolve(resultsOf('one'))
  await changed()

  live.wish({ q: 'two' })
  expect(shown()).toEqual(['one'])
  expect(live.getSnapshot().status).toBe('waiting')

  live.wish({ q: ' ' })
  expect(live.getSnapshot()).toMatchObject({ status: 'idle', results: undefined })
})

it('loads the next page once, and puts it below', async () => {
  const { live, asked, advance, shown, changed } = setUp()
  live.wish({ q: 'her' })
  advance(200)
  asked[0]?.answer.resolve(resultsOf('first', 'c'))
  await changed()

  live.more()
  live.more()
  expect(asked.map(({ name }) => name)).toEqual(['her', 'her after c'])
  asked[1]?.answer.resolve(resultsOf('second'))
  await changed()

  expect(shown()).toEqual(['first', 'second'])
  live.more()
  expect(asked).toHaveLength(2)
})

it('tells of a failure, and asks again with the next wish', async () => {
  const { live, asked, advance, shown, changed } = setUp()
  live.wish({ q: 'her' })
  advance(200)
  asked[0]?.answer.reject(new Error('away'))
  await changed()
  expect(live.getSnapshot().status).toBe('failed')

  live.wish({ q: 'hero' })
  advance(200)
  asked[1]?.answer.resolve(resultsOf('hero'))
  await changed()
  expect(shown()).toEqual(['hero'])
})
