import { chatDetailSchema, textOf } from '../fixtures/schemas'
import type { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'

const userMessage = (id: string, text: string) => ({
  id,
  role: 'user',
  parts: [{ type: 'text', text }],
})

async function detailOf(response: Response) {
  expect(response.status).toBe(200)
  return chatDetailSchema.parse(await response.json())
}

async function twoVersions(session: Session, chatId: string): Promise<void> {
  await (await session.post({ id: chatId, message: userMessage('first', 'say: One') })).completed()
  const edited = await session.post({
    id: chatId,
    message: userMessage('second', 'say: Two'),
    parentId: null,
  })
  expect((await edited.completed()).text).toBe('Two')
}

test('an edited message stands beside the first, and one goes from one to the other', async ({
  session,
  chatId,
}) => {
  await twoVersions(session, chatId)
  const edited = await session.load(chatId)
  expect(edited.messages.map(textOf)).toEqual(['say: Two', 'Two'])
  expect(edited.forks).toEqual([['first', 'second']])

  const events = await session.liveEvents()
  const select = (messageId: unknown) =>
    session.requestJson(`/api/chats/${chatId}/branch`, 'POST', { messageId })
  const first = await detailOf(await select('first'))
  expect(first.messages.map(textOf)).toEqual(['say: One', 'One'])
  expect(await session.load(chatId)).toEqual(first)
  await expect
    .poll(() => events.events.map(({ data }) => data).join())
    .toContain(`"branch-selected","chatId":"${chatId}","leafId":"${first.messages[1]?.id}"`)

  expect((await select('nowhere')).status).toBe(404)
  expect((await select(7)).status).toBe(400)
})

test('a branch is deleted and brought back, and never the last of a chat', async ({
  session,
  chatId,
}) => {
  await twoVersions(session, chatId)
  const path = `/api/chats/${chatId}/messages`

  const left = await detailOf(await session.requestJson(`${path}/second`, 'DELETE'))
  expect(left.messages.map(textOf)).toEqual(['say: One', 'One'])
  expect(left.forks).toBeUndefined()
  expect((await session.requestJson(`${path}/first`, 'DELETE')).status).toBe(400)
  expect((await session.requestJson(`${path}/second`, 'DELETE')).status).toBe(404)
  expect((await session.requestJson(`${path}/..%2f`, 'DELETE')).status).toBe(404)

  const back = await detailOf(await session.requestJson(`${path}/second/restore`, 'POST'))
  expect(back.messages.map(textOf)).toEqual(['say: Two', 'Two'])
  expect(back.forks).toEqual([['first', 'second']])
})
