import { expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { leftTemporaryKeptMs, temporaryKeptMs } from '@/shared/chat/temporary-chat'
import type { LiveEvent } from '@/shared/chat/live-event'
import { arrangeChats, removeChat } from './change-chat'
import { loadChat } from './load-chat'
import { holdTemporaryChat, sweepTemporaryChats } from './temporary-chats'
import { openChatBench, userId } from './testing/chat-bench'

const chatId = 'temporary-1'
const chat = { userId, chatId }

it('a temporary chat asks for no title and tells no list of itself', async () => {
  await using bench = await openChatBench(() => [step.text('Hello'), step.finish('stop')])
  const { services } = bench
  const events: LiveEvent['type'][] = []
  const { signal } = new AbortController()
  services.liveEvents.subscribe(userId, { listener: ({ type }) => events.push(type), signal })

  await (
    await bench.send('One', { chatId })
  ).finished

  const asked = bench.upstream.requests.filter(({ method }) => method === 'POST')
  expect(asked.map(({ body }) => body['stream'])).toEqual([true])
  expect(events).not.toContain('chat-changed')
  expect(await loadChat({ services, ...chat })).toMatchObject({ title: '' })
})

it('closed while it is being answered, it stops the answer and leaves nothing, not even the log', async () => {
  const hold = gate()
  await using bench = await openChatBench(() => [step.text('Secret'), step.wait(hold.opened)])
  const { services } = bench
  const { run } = await bench.send('One', { chatId })
  await bench.firstStreamed()

  await removeChat({ services, ...chat })

  expect(await loadChat({ services, ...chat })).toBeUndefined()
  expect(await services.db.runs.find({ runId: run.id })).toBeUndefined()
  expect(await services.streamLog.head(run.id)).toBeUndefined()
  expect(services.activeRuns.has(run.id)).toBe(false)
  hold.open()
})

it('left by its page it goes at the next sweep after half a minute, held it stays', async () => {
  let now = 1_000
  await using bench = await openChatBench(() => [step.text('Hello'), step.finish('stop')], {
    now: () => now,
  })
  const { services } = bench
  await (
    await bench.send('One', { chatId })
  ).finished
  const sweepAfter = async (ms: number) => {
    now += ms
    await sweepTemporaryChats(services)
    return loadChat({ services, ...chat })
  }

  expect(await sweepAfter(temporaryKeptMs - 1)).toBeDefined()
  await holdTemporaryChat({ services, ...chat, isLeft: true })
  await holdTemporaryChat({ services, ...chat, isLeft: false })
  expect(await sweepAfter(leftTemporaryKeptMs)).toBeDefined()
  await holdTemporaryChat({ services, ...chat, isLeft: true })
  expect(await sweepAfter(leftTemporaryKeptMs - 1)).toBeDefined()
  expect(await sweepAfter(1)).toBeUndefined()
  await expect(holdTemporaryChat({ services, ...chat, isLeft: false })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it('nobody else can hold or close it', async () => {
  await using bench = await openChatBench(() => [step.text('Hello'), step.finish('stop')])
  const { services } = bench
  await (
    await bench.send('One', { chatId })
  ).finished
  const other = { services, userId: 'somebody-else', chatId }
  const notFound = { code: 'not-found' }

  await expect(holdTemporaryChat({ ...other, isLeft: false })).rejects.toMatchObject(notFound)
  await holdTemporaryChat({ ...other, isLeft: true })
  await expect(removeChat(other)).rejects.toMatchObject(notFound)
  const soon = services.now() + leftTemporaryKeptMs
  expect(await services.db.temporaryChats.expired({ now: soon })).toEqual([])
})

it('a removal of many chats leaves it, and what is written in it, alone', async () => {
  const hold = gate()
  await using bench = await openChatBench(() => [step.text('Secret'), step.wait(hold.opened)])
  const { services } = bench
  const { run, finished } = await bench.send('One', { chatId })
  await bench.firstStreamed()

  await arrangeChats({ services, userId, chatIds: [chatId], arrangement: { removed: true } })
  hold.open()
  await finished
  expect((await services.db.runs.find({ runId: run.id }))?.status).toBe('done')
})
