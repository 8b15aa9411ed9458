import {
  chatDetailSchema,
  messagePageSchema,
  textOf,
  type StoredMessage,
} from '../fixtures/schemas'
import type { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'

type Chat = { session: Session; chatId: string }

async function say({ session, chatId }: Chat, texts: string[]): Promise<void> {
  for (const text of texts) await (await session.send({ chatId, text })).completed()
}

async function newestPage({ session, chatId }: Chat) {
  return chatDetailSchema.parse(await (await session.fetch(`/api/chats/${chatId}`)).json())
}

async function pageBefore({ session, chatId }: Chat, before: string, limit?: number) {
  const query = new URLSearchParams({ before, ...(limit && { limit: String(limit) }) })
  const answer = await session.fetch(`/api/chats/${chatId}/messages?${query.toString()}`)
  expect(answer.status).toBe(200)
  return messagePageSchema.parse(await answer.json())
}

/** All pages from the newest on, put together. */
async function wholeBranch(chat: Chat, limit?: number): Promise<StoredMessage[]> {
  let { messages, hasEarlier } = await newestPage(chat)
  while (hasEarlier) {
    const page = await pageBefore(chat, messages[0]?.id ?? '', limit)
    expect(page.messages.length, 'each page goes further').toBeGreaterThan(0)
    messages = [...page.messages, ...messages]
    hasEarlier = page.hasEarlier
  }
  return messages
}

test('a long chat opens with its newest messages, and its pages together are the branch', async ({
  session,
  chatId,
}) => {
  const chat = { session, chatId }
  const numbers = Array.from({ length: 20 }, (_, index) => index + 1)
  await say(
    chat,
    numbers.map((number) => `pace: 0\nsay: Answer ${number}`),
  )
  const newest = await newestPage(chat)
  expect(newest.messages).toHaveLength(30)
  expect(newest.hasEarlier).toBe(true)
  expect(newest.messages[0]?.role).toBe('user')
  expect(textOf(newest.messages.at(-1))).toBe('Answer 20')

  for (const limit of [undefined, 4, 3]) {
    const branch = await wholeBranch(chat, limit)
    expect(branch.filter(({ role }) => role === 'assistant').map(textOf)).toEqual(
      numbers.map((number) => `Answer ${number}`),
    )
    for (const [index, { metadata }] of branch.entries())
      expect(metadata.parentId).toBe(branch[index - 1]?.id ?? null)
  }

  const first = (await wholeBranch(chat))[0]?.id ?? ''
  expect(await pageBefore(chat, first)).toEqual({ messages: [], hasEarlier: false })
})

test('a page of long answers holds fewer of them, and never half a turn', async ({
  session,
  chatId,
}) => {
  const chat = { session, chatId }
  await say(
    chat,
    Array.from({ length: 4 }, () => 'pace: 0\nlong: 250'),
  )
  const { messages, hasEarlier } = await newestPage(chat)
  expect(messages.map(({ role }) => role)).toEqual(['user', 'assistant', 'user', 'assistant'])
  expect(hasEarlier).toBe(true)
  expect(await wholeBranch(chat)).toHaveLength(8)
})

test('a page before a message goes along the branch of that message', async ({
  session,
  chatId,
}) => {
  const chat = { session, chatId }
  await say(chat, ['say: One', 'say: Two'])
  const before = await wholeBranch(chat)
  const [, first, second, last] = before
  await (await session.regenerate(chatId, first?.id ?? '')).completed()

  expect((await newestPage(chat)).messages).toHaveLength(2)
  const { messages } = await pageBefore(chat, last?.id ?? '')
  expect(messages.map(({ id }) => id)).toEqual([before[0]?.id, first?.id, second?.id])
})

test('a page is refused for what is no message of the chat, and for a wrong query', async ({
  session,
  chatId,
}) => {
  await say({ session, chatId }, ['say: Hello'])
  const path = `/api/chats/${chatId}/messages`
  const refused: [string, number, RegExp][] = [
    [path, 400, /^before /],
    [`${path}?before=`, 400, /^before /],
    [`${path}?before=..%2f`, 400, /^before /],
    [`${path}?before=unknown`, 404, /no such message/],
    [`${path}?before=unknown&limit=0`, 400, /^limit /],
    [`${path}?before=unknown&limit=101`, 400, /^limit /],
    [`${path}?before=unknown&limit=many`, 400, /^limit /],
    [`${path}?before=unknown&after=unknown`, 400, /after/],
    [`/api/chats/unknown/messages?before=unknown`, 404, /no such chat/],
  ]
  for (const [call, status, detail] of refused) {
    const answer = await session.fetch(call)
    expect(answer.status, call).toBe(status)
    expect(await answer.json(), call).toMatchObject({
      code: status === 404 ? 'not-found' : 'invalid-request',
      detail: expect.stringMatching(detail),
    })
  }
})
