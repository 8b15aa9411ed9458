import { Chat } from '@ai-sdk/react'
import { DefaultChatTransport, readUIMessageStream, type UIMessage } from 'ai'
import type { Page } from 'playwright/test'
import { textOf } from '../fixtures/schemas'
import { Session } from '../fixtures/session'
import { expect, test } from '../fixtures/test'
import { step, tokensOf } from '../upstream/steps'

const before = 'Streamed before the reload, '
const behind = 'and streamed behind it.'

/** As a stranger would write it: nothing of ours but the address and the cookie. */
function stockTransport(session: Session) {
  return new DefaultChatTransport({
    api: `${session.url}/api/chat`,
    headers: { cookie: session.cookie },
  })
}

function textOfStock(message: UIMessage | undefined): string {
  return (message?.parts ?? []).map((part) => (part.type === 'text' ? part.text : '')).join('')
}

test('readUIMessageStream builds the answer of an unmodified AI SDK transport', async ({
  session,
  chatId,
}) => {
  const stream = await stockTransport(session).sendMessages({
    trigger: 'submit-message',
    chatId,
    messageId: undefined,
    messages: [
      {
        id: 'question-1',
        role: 'user',
        parts: [{ type: 'text', text: 'think: Let me see\nsay: Here you are' }],
      },
    ],
    abortSignal: undefined,
  })
  const states: UIMessage[] = []
  for await (const message of readUIMessageStream({ stream })) states.push(message)

  const answer = states.at(-1)
  expect(states.length).toBeGreaterThan(3)
  expect(textOfStock(answer)).toBe('Here you are')
  expect(answer?.parts[0]).toMatchObject({ type: 'reasoning', text: 'Let me see', state: 'done' })
  expect(answer?.metadata).toMatchObject({
    status: 'done',
    usage: { outputTokens: expect.any(Number) },
  })
  const { messages } = await session.load(chatId)
  expect(messages.map(({ id }) => id)).toEqual(['question-1', answer?.id])
})

test('an unmodified useChat sends, streams, regenerates and goes on with its own ids', async ({
  session,
}) => {
  const chat = new Chat({ transport: stockTransport(session) })
  await chat.sendMessage({ text: 'say: The first answer' })
  expect(chat.error).toBeUndefined()
  expect(chat.status).toBe('ready')
  await chat.sendMessage({ text: 'say: The second answer' })
  const shown = chat.messages.map(textOfStock)
  expect(shown).toEqual([
    'say: The first answer',
    'The first answer',
    'say: The second answer',
    'The second answer',
  ])

  const stored = await session.load(chat.id)
  expect(stored.messages.map(({ id }) => id)).toEqual(chat.messages.map(({ id }) => id))
  expect(stored.messages.map(textOf)).toEqual(shown)

  await chat.regenerate()
  expect(chat.error).toBeUndefined()
  expect(chat.messages).toHaveLength(4)
  expect(chat.messages.at(-1)?.id).not.toBe(stored.messages.at(-1)?.id)
  const regenerated = await session.load(chat.id)
  expect(regenerated.messages.map(({ id }) => id)).toEqual(chat.messages.map(({ id }) => id))
})

test('an unmodified useChat resumes an answer in its middle, and has it once', async ({
  session,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    for (const token of tokensOf(before)) yield step.text(token)
    yield step.wait(gate.opened)
    for (const token of tokensOf(behind)) yield step.text(token)
  })
  const left = await session.send({ chatId, text: question })
  await left.untilText(before)
  await left.close()
  await expect.poll(async () => textOf(await session.lastMessage(chatId))).toBe(before)

  const { messages } = await session.load(chatId)
  const reloaded = new Chat({
    id: chatId,
    // What a page would pass on from GET /api/chats/{id}.
    messages: JSON.parse(JSON.stringify(messages)) as UIMessage[],
    transport: stockTransport(session),
  })
  const resumed = reloaded.resumeStream()
  await expect.poll(() => reloaded.status).toBe('streaming')
  gate.open()
  await resumed

  expect(reloaded.error).toBeUndefined()
  expect(reloaded.messages.map(({ id }) => id)).toEqual(messages.map(({ id }) => id))
  expect(textOfStock(reloaded.messages.at(-1))).toBe(before + behind)

  await reloaded.resumeStream()
  expect(reloaded.error, 'nothing to resume is no error').toBeUndefined()
  expect(textOfStock(reloaded.messages.at(-1))).toBe(before + behind)
})

test('an unmodified useChat shows what went wrong', async ({ session, upstream, question }) => {
  upstream.script(question, () => [
    step.text(before),
    step.error({ message: 'The engine has stalled', code: 'server_error' }),
    step.eof(),
  ])
  const chat = new Chat({ transport: stockTransport(session) })
  await chat.sendMessage({ text: question })

  expect(chat.status).toBe('error')
  expect(chat.error?.message).toBe('The engine has stalled')
  expect(textOfStock(chat.messages.at(-1))).toBe(before)
})

test('a native EventSource follows an answer and stops when it is over', async ({
  page,
  upstream,
  question,
  chatId,
}) => {
  const gate = upstream.gate(question)
  upstream.script(question, function* () {
    for (const token of tokensOf(before)) yield step.text(token)
    yield step.wait(gate.opened)
    for (const token of tokensOf(behind)) yield step.text(token)
  })
  await page.goto('/')
  const session = await sessionOf(page)
  const sender = await session.send({ chatId, text: question })
  await sender.untilText(before)

  await page.evaluate((path) => {
    const seen = { text: '', ids: [] as string[], done: 0, errors: 0 }
    const source = new EventSource(path)
    Object.assign(globalThis, { seen, source })
    source.addEventListener('message', ({ data, lastEventId }) => {
      seen.ids.push(lastEventId)
      if (data === '[DONE]') seen.done += 1
      else seen.text += JSON.parse(data).delta ?? ''
    })
    source.addEventListener('error', () => (seen.errors += 1))
  }, `/api/chat/${chatId}/stream`)
  await expect.poll(() => page.evaluate('seen.text')).toBe(before)
  expect(await page.evaluate('source.readyState'), 'open').toBe(1)
  gate.open()

  await expect.poll(() => page.evaluate('source.readyState'), 'closed').toBe(2)
  const seen = await page.evaluate('seen')
  expect(seen).toMatchObject({ text: before + behind, done: 1, errors: 2 })
  await sender.completed()
})

async function sessionOf(page: Page): Promise<Session> {
  const cookies = await page.context().cookies()
  const header = cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  return new Session(new URL(page.url()).origin, header)
}
