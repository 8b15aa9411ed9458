import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import type { Scenario } from '@/e2e/upstream/scenario'
import { startUpstream, type Upstream } from '@/e2e/upstream/upstream'
import { chatRequestSchema } from '@/shared/chat/chat-request'
import { messageText } from '@/shared/chat/message-text'
import type { StreamChunk } from '@/shared/stream/stream-event'
import { openDatabase, type Database } from '../db/database'
import { parseEnv } from '../env'
import { createServices, type Services } from '../services'
import { createMemoryStreamLog } from '../stream-log/memory'
import { attachToRun } from './attach-to-run'
import { loadChat } from './load-chat'
import { runEvents } from './run-events'
import { settleRun, settleRuns } from './settle-runs'
import { startRun } from './start-run'
import { stopRun } from './stop-run'
import { storedRunEvents } from './stored-run'
import { textOfEvents } from './testing/chat-bench'

const chat = { userId: 'user-1', chatId: 'chat-1' }
const leaving: (() => Promise<unknown>)[] = []

beforeEach(() => {
  signal = AbortSignal.timeout(15_000)
})

afterEach(async () => {
  for (const leave of leaving.splice(0).toReversed()) await leave()
})

/** Instances that share a database and a provider, and no log. */
async function openTogether(scenario: Scenario, settings: Record<string, string> = {}) {
  const upstream = await startUpstream({ intervalMs: 0 })
  upstream.respond(scenario)
  const db = await openDatabase({ dataDir: ':memory:' })
  leaving.push(
    () => upstream.close(),
    () => db.close(),
  )
  const open = (name: string, replaced: Partial<Services> = {}) =>
    openInstance({ upstream, db, settings, replaced: { instance: `${name}/1/x`, ...replaced } })
  const streamed = () => upstream.requests.filter(({ body }) => body['stream'] === true)
  return { upstream, streamed, open }
}

async function openInstance({
  upstream,
  db,
  settings,
  replaced,
}: {
  upstream: Upstream
  db: Database
  settings: Record<string, string>
  replaced: Partial<Services>
}): Promise<Services> {
  const env = parseEnv({
    OPENAI_API_KEY: 'sk-test-0123456789',
    OPENAI_RESPONSES_URL: upstream.baseUrl,
    LOG_LEVEL: 'error',
    ...settings,
  })
  const services = await createServices(env, { db, ...replaced })
  leaving.push(() => services.activeRuns.drain(0))
  return services
}

function send(services: Services, body: Record<string, unknown> = {}) {
  const message = { id: 'm1', role: 'user', parts: [{ type: 'text', text: 'hi' }] }
  const trigger = 'trigger' in body ? {} : { message }
  const request = chatRequestSchema.parse({ id: chat.chatId, ...trigger, ...body })
  return startRun({ services, userId: chat.userId, request })
}

async function follow<Event>(events: AsyncIterable<readonly Event[]>) {
  const batches: Event[][] = []
  for await (const batch of events) batches.push([...batch])
  return { batches, events: batches.flat() }
}

async function answerOf(services: Services) {
  const message = (await loadChat({ services, ...chat }))?.messages.at(-1)
  return { text: message ? messageText(message) : '', status: message?.metadata?.status }
}

/** An answer is stored once a second. */
const soon = { timeout: 8000 }
let signal: AbortSignal

describe('instances that share a database and no log', () => {
  it('follow each other’s answers by what is stored', async () => {
    const more = gate()
    const { open } = await openTogether(() => [
      step.reasoning('hm'),
      step.text('Hello'),
      step.wait(more.opened),
      step.text(' there'),
    ])
    const [here, there] = [await open('here'), await open('there')]
    const { run } = await send(here)
    const attachment = await attachToRun({ services: there, ...chat, lastEventId: null })
    expect(attachment).toMatchObject({ run: { id: run.id }, after: 0 })

    const following = follow(storedRunEvents(there, { run, signal }))
    await expect
      .poll(async () => (await here.db.runs.find({ runId: run.id }))?.seq, soon)
      .toBeGreaterThan(3)
    more.open()
    const { events } = await following
    expect(textOfEvents(events)).toBe('Hello there')
    const types = events.map((event) => ('chunk' in event ? event.chunk.type : event.end))
    expect(types[0]).toBe('start')
    expect(types.slice(-2)).toEqual(['finish', 'done'])
    expect(events.some((event) => 'seq' in event)).toBe(false)
  })

  it('stop each other’s answers; the writer lets go and its readers see it', async () => {
    const { streamed, open } = await openTogether(() => [
      step.text('Hello'),
      step.wait(gate().opened),
    ])
    const [here, there] = [await open('here'), await open('there')]
    const { run } = await send(here)
    const reading = follow(runEvents(here, { runId: run.id, after: 0, signal }))
    await expect.poll(() => streamed().length, soon).toBe(1)

    expect(await stopRun({ services: there, ...chat, runId: run.id })).toBe(true)
    const { events } = await reading
    expect(await answerOf(there)).toEqual({ text: 'Hello', status: 'stopped' })
    expect(events.at(-1)).toMatchObject({ end: 'stopped' })
    await expect.poll(() => streamed()[0]?.aborted, soon).toBe(true)
    expect(await stopRun({ services: there, ...chat, runId: run.id })).toBe(false)
  })

  it('never show as whole what a dead one left, and refuse it when it wakes up', async () => {
    const more = gate()
    const { open } = await openTogether(() => [
      step.text('Hello'),
      step.wait(more.opened),
      step.text(' too late'),
    ])
    const here = await open('here')
    const { run, finished } = await send(here)
    await expect.poll(async () => (await answerOf(here)).text, soon).toBe('Hello')
    const later = await open('there', { now: () => Date.now() + 11_000 })
    const { events } = await follow(storedRunEvents(later, { run, signal }))
    expect(events.at(-1)).toMatchObject({ end: 'interrupted' })
    expect(textOfEvents(events)).toBe('Hello')
    more.open()
    await finished
    expect(await answerOf(later)).toEqual({ text: 'Hello', status: 'interrupted' })
  })
})

describe('an answer whose process is gone', () => {
  it('ends for its readers with all that was stored, also when the log has less', async () => {
    const { open } = await openTogether(() => [step.text('Hello there'), step.wait(gate().opened)])
    const here = await open('here')
    const { run } = await send(here)
    await expect.poll(async () => (await answerOf(here)).text, soon).toBe('Hello there')

    const streamLog = createMemoryStreamLog()
    const writer = await streamLog.open(run.id)
    if (!writer) throw new Error('The log is there already.')
    const written: StreamChunk[] = [
      { type: 'start', messageId: run.messageId },
      { type: 'text-start', id: 't' },
      { type: 'text-delta', id: 't', delta: 'Hello' },
    ]
    const events = written.map((chunk) => ({ seq: writer.append(chunk), chunk }))
    const later = await open('there', {
      now: () => Date.now() + 11_000,
      streamLog: {
        ...streamLog,
        takeOver: () =>
          Promise.resolve({
            status: 'taken',
            writer,
            events,
            discardUnseen: () => Promise.resolve(),
          }),
      },
    })
    expect(await settleRun(later, run)).toBe('settled')
    const told = (await follow(streamLog.read(run.id, { after: 0, signal }))).events
    expect(textOfEvents(told)).toBe('Hello there')
    expect(told.at(-1)).toMatchObject({ end: 'interrupted' })
    expect(await answerOf(later)).toEqual({ text: 'Hello there', status: 'interrupted' })
  })
})

describe('an answer in place of the one that is being written', () => {
  it('ends that one first, upstream too, and stands beside it', async () => {
    const answers = [[step.text('First'), step.wait(gate().opened)], [step.text('Second')]]
    const { streamed, open } = await openTogether(({ body }) =>
      body['stream'] === true ? (answers.shift() ?? []) : [step.text('A title')],
    )
    const here = await open('here')
    await send(here)
    await expect.poll(async () => (await answerOf(here)).text, soon).toBe('First')
    const first = (await loadChat({ services: here, ...chat }))?.messages.at(-1)

    const again = await send(here, { trigger: 'regenerate-message', messageId: first?.id })
    await again.finished
    expect(await answerOf(here)).toEqual({ text: 'Second', status: 'done' })
    const stopped = await here.db.messages.get({ ...chat, messageId: first?.id ?? '' })
    expect(stopped?.metadata?.status).toBe('stopped')
    expect(streamed()[0]?.aborted).toBe(true)
  })

  it('also before that one has begun, when nothing is left of it', async () => {
    const answers = [[step.wait(gate().opened)], [step.text('Second')]]
    const { open, streamed } = await openTogether(({ body }) =>
      body['stream'] === true ? (answers.shift() ?? []) : [step.text('A title')],
    )
    const here = await open('here')
    const first = await send(here)
    await expect.poll(() => streamed().length, soon).toBe(1)
    const again = await send(here, {
      trigger: 'regenerate-message',
      messageId: first.run.messageId,
    })
    await again.finished
    const messages = (await loadChat({ services: here, ...chat }))?.messages ?? []
    expect(messages.map(messageText)).toEqual(['hi', 'Second'])
  })
})

describe('an answer that the provider writes on by itself', () => {
  const inBackground = { OPENAI_BACKGROUND: 'on' }

  it('is taken up by another instance when its own leaves, with the same events', async () => {
    const more = gate()
    const { streamed, open } = await openTogether(
      ({ body }) =>
        body['stream'] === true
          ? [step.text('Hello'), step.text(' there'), step.wait(more.opened), step.text(', friend')]
          : [step.text('A title')],
      inBackground,
    )
    const [here, there] = [await open('here'), await open('there')]
    const { run } = await send(here)
    const before = follow(runEvents(here, { runId: run.id, after: 0, signal: leavingSignal(here) }))
    await expect.poll(async () => (await answerOf(here)).text, soon).toBe('Hello there')
    await here.activeRuns.drain(0)
    here.activeRuns.sendReadersAway()
    const seen = await before
    expect(seen.events.some((event) => 'end' in event)).toBe(false)

    await settleRuns(there)
    const after = seen.events.at(-1)?.seq ?? 0
    const rest = follow(runEvents(there, { runId: run.id, after, signal }))
    const whole = follow(runEvents(there, { runId: run.id, after: 0, signal }))
    more.open()
    expect(textOfEvents([...seen.events, ...(await rest).events])).toBe('Hello there, friend')
    expect(textOfEvents((await whole).events)).toBe('Hello there, friend')
    expect(await answerOf(there)).toEqual({ text: 'Hello there, friend', status: 'done' })
    expect(
      streamed().filter(({ method }) => method === 'POST'),
      'asked once',
    ).toHaveLength(1)
  })

  it('keeps what was stored when the provider has forgotten it', async () => {
    const { upstream, open } = await openTogether(
      () => [step.text('Hello'), step.wait(gate().opened)],
      inBackground,
    )
    const [here, there] = [await open('here'), await open('there')]
    const { run } = await send(here)
    await expect.poll(async () => (await answerOf(here)).text, soon).toBe('Hello')
    await here.activeRuns.drain(0)
    for (const { id } of upstream.responses()) upstream.forget(id)
    await settleRuns(there)
    const { events } = await follow(runEvents(there, { runId: run.id, after: 0, signal }))
    expect(events.at(-1)).toMatchObject({ end: 'interrupted' })
    await expect
      .poll(async () => (await there.db.runs.find({ runId: run.id }))?.status, soon)
      .toBe('interrupted')
    expect(await answerOf(there)).toEqual({ text: 'Hello', status: 'interrupted' })
  })
})

it('row 30: an answer that takes as long as it may ends as interrupted, with what there is', async () => {
  const { streamed, open } = await openTogether(() => [
    step.text('Hello'),
    step.wait(gate().opened),
  ])
  const here = await open('here', { runMsMax: 300 })
  const { run, finished } = await send(here)
  const { events } = await follow(runEvents(here, { runId: run.id, after: 0, signal }))
  await finished
  expect(events.at(-1)).toMatchObject({ end: 'interrupted' })
  expect(await answerOf(here)).toEqual({ text: 'Hello', status: 'interrupted' })
  await expect.poll(() => streamed()[0]?.aborted, soon).toBe(true)
})

function leavingSignal({ activeRuns }: Services): AbortSignal {
  return AbortSignal.any([signal, activeRuns.leavingSignal])
}
