import { hostname } from 'node:os'
import { expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { formatEventId, runKeyOf } from '@/shared/stream/event-id'
import { attachToRun } from './attach-to-run'
import { loadChat } from './load-chat'
import { chatId, openChatBench, userId, type ChatBench } from './testing/chat-bench'

async function attach(
  { services }: ChatBench,
  lastEventId: string | null = null,
  options: { userId?: string; chatId?: string } = {},
) {
  const attachment = await attachToRun({ services, userId, chatId, lastEventId, ...options })
  return attachment && { runId: attachment.run.id, after: attachment.after }
}

const idOf = (runId: string, seq: number) => formatEventId({ runKey: runKeyOf(runId), seq })

it('follows the active run from its beginning, or from behind the last event', async () => {
  const hold = gate()
  await using bench = await openChatBench(() => [step.wait(hold.opened)])
  const { run } = await bench.send('hi')
  expect(await attach(bench)).toEqual({ runId: run.id, after: 0 })
  expect(await attach(bench, idOf(run.id, 7))).toEqual({ runId: run.id, after: 7 })
  hold.open()
})

it('has nothing to follow when no run is active', async () => {
  await using bench = await openChatBench(() => [step.text('a')])
  await (
    await bench.send('hi')
  ).finished
  expect(await attach(bench)).toBeUndefined()
})

it('gives a reader that was cut off the rest of a run that has ended meanwhile, and nothing past the end', async () => {
  await using bench = await openChatBench(() => [step.text('a')])
  const { run, finished } = await bench.send('hi')
  await finished
  const head = await bench.services.streamLog.head(run.id)
  expect(await attach(bench, idOf(run.id, 2))).toEqual({ runId: run.id, after: 2 })
  expect(await attach(bench, idOf(run.id, head?.seq ?? 0))).toBeUndefined()
  expect(await attach(bench, idOf(run.id, 9999))).toBeUndefined()
})

it('never applies an id of an older run to a newer one', async () => {
  const hold = gate()
  await using bench = await openChatBench(({ userText }) => [
    step.text('a'),
    ...(userText === 'two' ? [step.wait(hold.opened)] : []),
  ])
  const older = await bench.send('one')
  await older.finished
  const newer = await bench.send('two')
  expect(await attach(bench, idOf(older.run.id, 2))).toEqual({ runId: newer.run.id, after: 0 })
  hold.open()
})

it.each([
  '',
  ' ',
  '7',
  '-1',
  'abc.-1',
  'abc.1.2',
  'abc.99999999999999999999',
  "x'.1",
  '%.1',
  `${'a'.repeat(17)}.1`,
])('refuses the malformed id %j', async (id) => {
  await using bench = await openChatBench(() => [step.text('a')])
  await (
    await bench.send('hi')
  ).finished
  if (id === '') return expect(await attach(bench, id)).toBeUndefined()
  await expect(attach(bench, id)).rejects.toMatchObject({ code: 'malformed-event-id' })
})

it('does not know the runs of other chats, nor the chats of other users', async () => {
  await using bench = await openChatBench(() => [step.text('a')])
  const other = await bench.send('hi', { chatId: 'chat-2' })
  await other.finished
  await (
    await bench.send('hi')
  ).finished
  await expect(attach(bench, idOf(other.run.id, 1))).rejects.toMatchObject({ code: 'not-found' })
  await expect(attach(bench, null, { userId: 'user-2' })).rejects.toMatchObject({
    code: 'not-found',
  })
  await expect(attach(bench, null, { chatId: 'chat-3' })).rejects.toMatchObject({
    code: 'not-found',
  })
})

it.each([
  ['an earlier process with our process id', `${hostname()}/${process.pid}/earlier`, 0],
  ['a process of this host that is gone', `${hostname()}/2147483646/gone`, 0],
  ['a process elsewhere that has been quiet', 'elsewhere/1/x', 11_000],
])('interrupts a run of %s when it is next looked at', async (_, instance, quietMs) => {
  await using bench = await openChatBench(() => [])
  await beginFor(bench, instance, quietMs)
  const chat = await loadChat({ services: bench.services, userId, chatId })
  expect(chat?.activeRunId).toBeNull()
  expect(chat?.messages.at(-1)?.metadata?.status).toBe('interrupted')
})

it('leaves alone a run of another process that is alive', async () => {
  await using bench = await openChatBench(() => [])
  await beginFor(bench, 'elsewhere/1/x', 1000)
  expect((await loadChat({ services: bench.services, userId, chatId }))?.activeRunId).toBe(
    'run-elsewhere',
  )
})

async function beginFor({ services }: ChatBench, instance: string, quietMs: number): Promise<void> {
  const now = services.now() - quietMs
  await services.db.users.ensure({ userId, now })
  await services.db.runs.begin({
    kind: 'submit',
    userId,
    chatId,
    runId: 'run-elsewhere',
    answerId: 'answer',
    requestKey: 'm',
    instance,
    model: { provider: 'default', id: 'test-model' },
    message: { id: 'm', text: 'hi' },
    title: 'hi',
    now,
  })
}
