import { z } from 'zod'
import { searchResultsSchema } from '@/shared/search/search-results'
import { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'

async function search(session: Session, query: Record<string, string>) {
  const answer = await session.fetch(`/api/search?${new URLSearchParams(query).toString()}`)
  expect(answer.status).toBe(200)
  return searchResultsSchema.parse(await answer.json())
}

test('what was said is found at once, by whoever said it and by nobody else', async ({
  session,
  server,
  chatId,
}) => {
  await (await session.send({ chatId, text: 'pace: 0\nsay: 我在北京大学' })).completed()

  const [answer] = (await search(session, { q: '北京', role: 'assistant' })).messages

  expect(answer).toMatchObject({
    chatId,
    role: 'assistant',
    snippet: { text: '我在北京大学', ranges: [[2, 4]] },
  })
  expect((await search(await Session.open(server.url), { q: '北京' })).messages).toEqual([])
  const later = String(Date.now() + 60_000)
  expect((await search(session, { q: '北京', from: later })).messages).toEqual([])
  expect((await search(session, { q: '北京', model: 'nobody/nothing' })).messages).toEqual([])
})

test('a search that cannot be understood is refused, and says what is wrong with it', async ({
  session,
}) => {
  const refused = {
    '': 'q',
    [`q=${'x'.repeat(201)}`]: 'q must have at most 200 characters',
    'q=a&role=system': 'role',
    'q=a&from=yesterday': 'from',
    'q=a&model=none': 'model',
    'q=a&cursor=!': 'cursor',
    'q=a&limit=1000': 'limit',
    'q=a&folder=!': 'folder',
  }
  for (const [query, detail] of Object.entries(refused)) {
    const answer = await session.fetch(`/api/search?${query}`)
    expect(answer.status, query).toBe(400)
    const problem = z.object({ code: z.string(), detail: z.string() }).parse(await answer.json())
    expect(problem.code).toBe('invalid-request')
    expect(problem.detail).toContain(detail)
  }
})
