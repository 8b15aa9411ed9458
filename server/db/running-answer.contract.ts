import { describe, expect, it } from 'vitest'
import { runKeyOf } from '@/shared/stream/event-id'
import type { MessagePart } from '@/shared/chat/message'
import {
  model,
  anna,
  chat,
  chatOfBen,
  text,
  ids,
  historyOf,
  rowCounts,
  type DatabaseBench,
} from './testing/database-bench'

/** An answer while it is written, and its end. */
export function describeRunning(bench: DatabaseBench): void {
  const { submit, regenerate, end, checkpoint, exchange, path, answer } = bench

  describe('a running answer', () => {
    it('keeps what each checkpoint brings', async () => {
      await submit()

      const parts: MessagePart[] = [
        { type: 'step-start' },
        {
          type: 'reasoning',
          text: 'Hm',
          state: 'done',
          providerMetadata: { openai: { itemId: 'r1' } },
        },
        { type: 'text', text: 'Hel\uD83D', state: 'streaming' },
      ]
      const usage = { outputTokens: 2 }
      const progress = { runId: 'run1', parts, metadata: { usage }, seq: 4, now: 40 }
      expect(await bench.database.runs.checkpoint(progress)).toBe(true)

      const stored = await answer('answer1')
      expect(stored?.parts).toEqual([
        parts[0],
        parts[1],
        { type: 'text', text: 'Hel\uFFFD', state: 'streaming' },
      ])
      expect(stored?.metadata).toMatchObject({ status: 'running', runId: 'run1', model, usage })
      expect(await bench.database.runs.get({ ...anna, runId: 'run1' })).toMatchObject({
        seq: 4,
        heartbeatAt: 40,
        status: 'running',
      })
    })

    it('is kept together with others, each by its own rules', async () => {
      for (const chatId of [chat.chatId, 'another', 'third']) await submit({ chatId })
      await end('run3')
      const metadata = (await answer('answer1'))?.metadata

      const kept = await bench.database.runs.checkpointAll([
        { runId: 'nowhere', parts: [text('x')], seq: 1, now: 50 },
        { runId: 'run1', instance: 'here', parts: [text('Half')], seq: 3, now: 51 },
        { runId: 'run2', instance: 'elsewhere', parts: [text('Half')], seq: 3, now: 52 },
        { runId: 'run3', parts: [text('Late')], seq: 9, now: 53 },
        { runId: 'run2', instance: 'here', now: 54 },
      ])

      expect(kept).toEqual([false, true, false, false, true])
      expect(await answer('answer1')).toMatchObject({ parts: [text('Half')], metadata })
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        seq: 3,
        heartbeatAt: 51,
      })
      expect(await bench.database.runs.find({ runId: 'run2' })).toMatchObject({
        seq: 0,
        heartbeatAt: 54,
      })
    })

    it('says that it lives', async () => {
      await submit()

      expect(await bench.database.runs.heartbeat({ runId: 'run1', now: 77 })).toBe(true)
      expect(await bench.database.runs.active(chat)).toMatchObject({ heartbeatAt: 77 })
      await end('run1')
      expect(await bench.database.runs.heartbeat({ runId: 'run1', now: 78 })).toBe(false)
      expect(await bench.database.runs.heartbeat({ runId: 'nowhere', now: 78 })).toBe(false)
    })

    it('is what the same request gets that has waited since before it began', async () => {
      await exchange()
      const again = { messageId: 'answer1', requestKey: 'again' }
      const first = await regenerate({ ...again, now: 50 })
      await end('run2')
      expect(first.status).toBe('started')

      const waited = await regenerate({ ...again, now: 60, askedAt: 50 })
      expect(waited).toMatchObject({ status: 'attached', run: { id: 'run2' } })
      const later = await regenerate({ ...again, now: 70, askedAt: 51 })
      expect(later).toMatchObject({ status: 'started' })
    })

    it('passes to one of the processes that want it, and refuses its old writer from then on', async () => {
      await submit()
      const run = await bench.database.runs.find({ runId: 'run1' })
      if (!run) throw new Error('The run is missing.')
      const adopted = await Promise.all(
        ['one', 'two', 'three'].map((instance) =>
          bench.database.runs.adopt({ run, instance, now: 80 }),
        ),
      )
      expect(adopted.filter(Boolean)).toHaveLength(1)
      const writer = ['one', 'two', 'three'][adopted.indexOf(true)] ?? ''
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        instance: writer,
        heartbeatAt: 80,
      })

      const late = { runId: 'run1', instance: 'here', parts: [text('Late')], metadata: {} }
      expect(await bench.database.runs.heartbeat({ ...late, now: 81 })).toBe(false)
      expect(await bench.database.runs.checkpoint({ ...late, seq: 5, now: 81 })).toBe(false)
      expect(await bench.database.runs.end({ ...late, status: 'done', seq: 5, now: 81 })).toBe(
        false,
      )
      expect((await answer('answer1'))?.metadata?.status).toBe('running')
      const own = { ...late, instance: writer, parts: [text('In time')] }
      expect(await bench.database.runs.heartbeat({ ...own, now: 82 })).toBe(true)
      expect(await bench.database.runs.end({ ...own, status: 'done', seq: 5, now: 83 })).toBe(true)
      expect(await bench.database.runs.adopt({ run, instance: 'late', now: 84 })).toBe(false)
    })

    it('ends once: the first end wins, later checkpoints write nothing', async () => {
      await submit()

      const metadata = { usage: { inputTokens: 5 }, timing: { durationMs: 90 } }
      expect(await end('run1', { metadata })).toBe(true)
      expect(await end('run1', { status: 'stopped', parts: [] })).toBe(false)
      expect(await checkpoint('run1', [text('Late')])).toBe(false)
      expect(await bench.database.runs.interrupt({ runId: 'run1', now: 600 })).toBe(false)

      expect(await path()).toHaveLength(2)
      expect((await path()).at(-1)).toMatchObject({
        parts: [text('Answer of run1')],
        metadata: { status: 'done', model, ...metadata },
      })
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        status: 'done',
        seq: 9,
        endedAt: 500,
      })
      expect(await bench.database.runs.active(chat)).toBeUndefined()
      expect(await bench.database.chats.get(chat)).toMatchObject({
        updatedAt: 500,
        activeRunId: null,
      })
    })

    it('keeps what was written when it fails, with its parts closed', async () => {
      await submit()
      const error = { code: 'model-unavailable', retryable: true, retryAfterSeconds: 3 } as const

      await end('run1', {
        status: 'failed',
        parts: [{ type: 'text', text: 'So f', state: 'streaming' }],
        metadata: { error },
      })

      expect((await path()).at(-1)).toMatchObject({
        parts: [{ type: 'text', text: 'So f', state: 'done' }],
        metadata: { status: 'failed', error },
      })
    })

    it.each([
      ['nothing', []],
      ['a step without text', [{ type: 'step-start' } as const, text('')]],
    ])('leaves no answer when stopped with %s', async (_what, parts) => {
      await exchange()
      await submit()

      expect(await end('run2', { status: 'stopped', parts })).toBe(true)

      expect(ids(await path())).toEqual(['question1', 'answer1', 'question2'])
      expect((await bench.database.chats.get(chat))?.selectedLeafId).toBe('question2')
      expect(historyOf(await submit())).toEqual(['question1', 'answer1', 'question2', 'question3'])
    })

    it('keeps an empty answer that failed, to show why', async () => {
      await submit()

      await end('run1', { status: 'failed', parts: [] })

      expect(ids(await path())).toEqual(['question1', 'answer1'])
    })

    it('is interrupted with the text it had', async () => {
      await submit()
      const reasoning = { type: 'reasoning', text: 'Hm', state: 'streaming' } as const
      await checkpoint('run1', [reasoning, { type: 'text', text: 'Half', state: 'streaming' }], 3)

      expect(await bench.database.runs.interrupt({ runId: 'run1', now: 700 })).toBe(true)

      expect((await path()).at(-1)).toMatchObject({
        parts: [
          { ...reasoning, state: 'done' },
          { type: 'text', text: 'Half', state: 'done' },
        ],
        metadata: { status: 'interrupted', runId: 'run1', model },
      })
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        status: 'interrupted',
        seq: 3,
        endedAt: 700,
      })
    })

    it('is interrupted with what its stream log still had, when that is more', async () => {
      await submit()
      await checkpoint('run1', [text('Half')], 3)

      expect(
        await bench.database.runs.interrupt({
          runId: 'run1',
          now: 700,
          progress: {
            seq: 8,
            parts: [{ type: 'text', text: 'Half and more', state: 'streaming' }],
          },
        }),
      ).toBe(true)

      expect((await path()).at(-1)).toMatchObject({
        parts: [text('Half and more')],
        metadata: { status: 'interrupted' },
      })
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        seq: 8,
        endedAt: 700,
      })
    })

    it.each([2, 3])(
      'is interrupted with its checkpoint when its stream log ends at %i of 3',
      async (seq) => {
        await submit()
        await checkpoint('run1', [text('Half')], 3)

        await bench.database.runs.interrupt({
          runId: 'run1',
          now: 700,
          progress: { parts: [text('Less')], seq },
        })

        expect((await path()).at(-1)).toMatchObject({ parts: [text('Half')] })
        expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({ seq: 3 })
      },
    )

    it('hears that it is to stop, and ends with all it has', async () => {
      await submit()
      await checkpoint('run1', [{ type: 'text', text: 'Half', state: 'streaming' }], 3)

      expect(await bench.database.runs.requestStop({ runId: 'run1', now: 700 })).toBe(true)
      expect(await bench.database.runs.requestStop({ runId: 'run1', now: 701 })).toBe(false)
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        status: 'running',
        stopRequested: true,
      })
      expect(await checkpoint('run1', [text('Late')])).toBe(false)
      expect(await bench.database.runs.heartbeat({ runId: 'run1', now: 702 })).toBe(false)

      expect(await end('run1', { status: 'stopped', parts: [text('Half and more')] })).toBe(true)
      expect((await path()).at(-1)).toMatchObject({
        parts: [text('Half and more')],
        metadata: { status: 'stopped', runId: 'run1' },
      })
      expect(await bench.database.runs.requestStop({ runId: 'run1', now: 703 })).toBe(false)
      expect(await bench.database.runs.requestStop({ runId: 'nowhere', now: 703 })).toBe(false)
    })

    it('may be ended again in the same way, for a writer that did not hear of its success', async () => {
      await submit()

      expect(await end('run1', { now: 500 })).toBe(true)
      expect(await end('run1', { now: 600, parts: [] })).toBe(true)
      expect(await end('run1', { seq: 10 })).toBe(false)
      expect(await end('run1', { status: 'failed' })).toBe(false)
      expect(await end('nowhere')).toBe(false)

      expect((await path()).at(-1)).toMatchObject({ parts: [text('Answer of run1')] })
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({ endedAt: 500 })
    })

    it('keeps how the provider calls it, while it runs', async () => {
      await submit()

      expect(await bench.database.runs.setUpstream({ runId: 'run1', upstreamId: 'resp_1' })).toBe(
        true,
      )
      expect(await bench.database.runs.active(chat)).toMatchObject({ upstreamId: 'resp_1' })
      await end('run1')
      expect(await bench.database.runs.setUpstream({ runId: 'run1', upstreamId: 'resp_2' })).toBe(
        false,
      )
      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        upstreamId: 'resp_1',
      })
    })

    it('is found by its id alone for settling, also in a removed chat', async () => {
      await submit()
      await bench.database.chats.remove({ ...chat, now: 300 })

      expect(await bench.database.runs.find({ runId: 'run1' })).toMatchObject({
        id: 'run1',
        userId: 'anna',
      })
      expect(await bench.database.runs.find({ runId: 'nowhere' })).toBeUndefined()
    })

    it('is found after a restart by the process that wrote it', async () => {
      await submit()
      await submit({ chatId: 'other', instance: 'there' })
      await submit({ chatId: 'third' })
      await end('run3')

      const running = async (instance?: string) =>
        (await bench.database.runs.runningOf({ instance })).map(({ id }) => id)
      expect(await running()).toEqual(['run1', 'run2'])
      expect(await running('there')).toEqual(['run2'])
      expect(await running('nowhere')).toEqual([])
    })

    it('is found by the key in its event ids, also after newer ones', async () => {
      const runId = '0199f3a0-1c2d-7e3f-8a4b-5c6d7e8f9a0b'
      await submit({ runId })
      await end(runId)
      await exchange()
      const byKey = async (runKey: string, hidden = chat) =>
        (await bench.database.runs.byKey({ ...hidden, runKey }))?.id

      expect(await byKey(runKeyOf(runId))).toBe(runId)
      expect(await byKey('0000000000')).toBeUndefined()
      expect(await byKey('__________')).toBeUndefined()
      expect(await byKey(runKeyOf(runId), chatOfBen)).toBeUndefined()
      expect(await byKey(runKeyOf(runId), { ...chat, chatId: 'other' })).toBeUndefined()
      await bench.database.chats.remove({ ...chat, now: 600 })
      expect(await byKey(runKeyOf(runId))).toBeUndefined()
    })

    it('is not brought back when its chat is removed', async () => {
      await submit()
      await bench.database.chats.remove({ ...chat, now: 300 })

      expect(await checkpoint('run1', [text('Late')])).toBe(false)
      expect(await bench.database.runs.heartbeat({ runId: 'run1', now: 301 })).toBe(false)
      expect(await bench.database.runs.active(chat)).toBeUndefined()
      expect(await path()).toEqual([])
      expect(await bench.database.runs.runningOf({})).toHaveLength(1)
    })

    it('ends in a removed chat too, which stays removed and is free once restored', async () => {
      await submit()
      await bench.database.chats.remove({ ...chat, now: 300 })

      expect(await end('run1', { status: 'stopped' })).toBe(true)
      expect(await bench.database.chats.get(chat)).toBeUndefined()

      await bench.database.chats.restore(chat)
      expect(await bench.database.chats.get(chat)).toMatchObject({
        activeRunId: null,
        updatedAt: 10,
      })
      expect(await submit()).toMatchObject({ status: 'started' })
    })

    it('writes nothing once its chat is purged', async () => {
      await submit()
      await bench.database.chats.remove({ ...chat, now: 300 })
      await bench.database.chats.purgeRemoved({ removedBefore: 301 })

      expect(await checkpoint('run1', [text('Late')])).toBe(false)
      expect(await end('run1')).toBe(false)
      expect(await rowCounts(bench.connection)).toEqual({ chats: 0, messages: 0, runs: 0 })
    })
  })
}
