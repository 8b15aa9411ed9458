import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ChatMessage, MessagePart } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import { newChatPlace } from '@/shared/chat/shelf'
import { AppError } from '@/shared/errors/app-error'
import { runKeyOf } from '@/shared/stream/event-id'
import type { BeginOutcome, BeginRun } from './run-to-begin'
import type { Connection } from './connection'
import type { Database, OpenedDatabase } from './database'
import { encodeMetadata, encodeParts } from './message-codec'
import type { NewMessage, Tables } from './schema'

type Begin<Kind> = Partial<Extract<BeginRun, { kind: Kind }>>

const model = { provider: 'openai', id: 'gpt-5-mini' }
const anna = { userId: 'anna' }
const chat = { userId: 'anna', chatId: 'chat' }
const chatOfBen = { userId: 'ben', chatId: 'chat' }

/** What every engine must do: run against an empty, migrated database per test. */
export function describeDatabase(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`the database: ${name}`, () => {
    let database: Database
    let connection: Connection
    let runCount: number

    beforeEach(async () => {
      ;({ database, connection } = await open())
      runCount = 0
      await database.users.ensure({ userId: 'anna', now: 1 })
      await database.users.ensure({ userId: 'ben', now: 1 })
    })

    afterEach(() => database.close())

    function common(kind: string) {
      runCount += 1
      return {
        ...chat,
        runId: `run${runCount}`,
        answerId: `answer${runCount}`,
        requestKey: `${kind}${runCount}`,
        instance: 'here',
        model,
        now: runCount * 10,
      }
    }

    function submit(overrides: Begin<'submit'> = {}): Promise<BeginOutcome> {
      const shared = common('question')
      const message = { id: shared.requestKey, text: `Question ${runCount}` }
      return database.runs.begin({
        kind: 'submit',
        ...shared,
        message,
        title: 'Title',
        ...overrides,
      })
    }

    function regenerate(overrides: Begin<'regenerate'> = {}): Promise<BeginOutcome> {
      return database.runs.begin({ kind: 'regenerate', ...common('again'), ...overrides })
    }

    function continueAnswer(messageId: string, overrides: Begin<'continue'> = {}) {
      return database.runs.begin({ kind: 'continue', ...common('on'), messageId, ...overrides })
    }

    function end(runId: string, overrides: Partial<Parameters<Database['runs']['end']>[0]> = {}) {
      const parts = [text(`Answer of ${runId}`)]
      const ending = { runId, status: 'done', parts, metadata: {}, seq: 9, now: 500 } as const
      return database.runs.end({ ...ending, ...overrides })
    }

    function checkpoint(runId: string, parts: MessagePart[], seq = 1) {
      return database.runs.checkpoint({ runId, parts, metadata: {}, seq, now: 400 })
    }

    async function exchange(): Promise<void> {
      await submit()
      await end(`run${runCount}`)
    }

    const path = () => database.messages.path(chat)
    async function pageBefore(before: string | undefined, limit: number) {
      const page = await database.messages.page({ ...chat, before, limit })
      return page && [ids(page.messages).join(' '), page.hasEarlier ? 'more' : 'all']
    }

    const answer = (messageId: string) => database.messages.get({ ...chat, messageId })

    describe('users', () => {
      it('keeps the first of two rows for one user', async () => {
        await database.users.ensure({ userId: 'anna', now: 99 })

        const users = await connection.kysely
          .selectFrom('users')
          .selectAll()
          .orderBy('id')
          .execute()
        expect(users).toEqual([
          { id: 'anna', kind: 'guest', created_at: 1, sessions_ended_at: null },
          { id: 'ben', kind: 'guest', created_at: 1, sessions_ended_at: null },
        ])
      })
    })

    describe('the sessions of a user', () => {
      it('end when the user says so, and end again later', async () => {
        const endedAt = (userId: string) => database.users.sessionsEndedAt({ userId })

        expect(await endedAt('anna')).toBeNull()
        await database.users.endSessions({ userId: 'anna', now: 50 })
        expect(await endedAt('anna')).toBe(50)
        await database.users.endSessions({ userId: 'anna', now: 1_800_000_000_000 })
        expect(await endedAt('anna')).toBe(1_800_000_000_000)
        expect(await endedAt('ben')).toBeNull()
      })

      it('end also before anything else is stored of the user', async () => {
        await database.users.endSessions({ userId: 'carl', now: 50 })
        await database.users.ensure({ userId: 'carl', now: 60 })

        expect(await database.users.sessionsEndedAt({ userId: 'carl' })).toBe(50)
        expect(await database.users.sessionsEndedAt({ userId: 'nobody' })).toBeNull()
      })
    })

    describe('submitting', () => {
      it('makes the chat, the message and a running answer', async () => {
        const outcome = await submit()

        expect(outcome).toEqual({
          status: 'started',
          created: true,
          run: {
            ...chat,
            id: 'run1',
            messageId: 'answer1',
            kind: 'submit',
            requestKey: 'question1',
            instance: 'here',
            status: 'running',
            seq: 0,
            heartbeatAt: 10,
            startedAt: 10,
            endedAt: null,
            upstreamId: null,
            stopRequested: false,
          },
          history: [
            {
              id: 'question1',
              role: 'user',
              parts: [text('Question 1')],
              metadata: { status: 'done', createdAt: 10, parentId: null },
            },
          ],
        })
        expect(await database.chats.get(chat)).toEqual({
          id: 'chat',
          title: 'Title',
          titleSource: 'first-words',
          createdAt: 10,
          updatedAt: 10,
          ...newChatPlace,
          activeRunId: 'run1',
          model,
          selectedLeafId: 'answer1',
          comparedQuestionId: null,
        })
        expect((await path()).at(-1)).toEqual({
          id: 'answer1',
          role: 'assistant',
          parts: [],
          metadata: {
            status: 'running',
            createdAt: 10,
            parentId: 'question1',
            runId: 'run1',
            model,
          },
        })
      })

      it('adds to the selected branch and remembers the model of the latest run', async () => {
        await exchange()

        const outcome = await submit({ model: { provider: 'local', id: 'llama' } })

        expect(outcome).toMatchObject({ status: 'started', created: false })
        expect(historyOf(outcome)).toEqual(['question1', 'answer1', 'question2'])
        expect(ids(await path())).toEqual(['question1', 'answer1', 'question2', 'answer2'])
        expect(await database.chats.get(chat)).toMatchObject({
          title: 'Title',
          model: { provider: 'local', id: 'llama' },
          updatedAt: 20,
          createdAt: 10,
        })
      })

      it('stores U+FFFD for what Postgres refuses: NUL and lone surrogates', async () => {
        await submit({
          message: { id: 'question1', text: 'a\0b\uD800c 😀\r\n\u2028' },
          title: '\uDC00\0',
        })

        const [question] = await path()
        expect(question && messageText(question)).toBe('a\uFFFDb\uFFFDc 😀\r\n\u2028')
        expect((await database.chats.get(chat))?.title).toBe('\uFFFD\uFFFD')
      })

      it('attaches to the same run when sent again, whatever became of it', async () => {
        await submit()
        const again = { requestKey: 'question1', message: { id: 'question1', text: 'Question 1' } }

        expect(await submit(again)).toMatchObject({ status: 'attached', run: { id: 'run1' } })
        await end('run1', { status: 'failed' })
        expect(await submit(again)).toMatchObject({
          status: 'attached',
          run: { id: 'run1', status: 'failed' },
        })
        await exchange()
        expect(await submit(again)).toMatchObject({ status: 'attached', run: { id: 'run1' } })
        expect(await path()).toHaveLength(4)
      })

      it('attaches also when only the message id is the same', async () => {
        await submit()

        const outcome = await submit({ message: { id: 'question1', text: 'Question 1' } })

        expect(outcome).toMatchObject({ status: 'attached', run: { id: 'run1' } })
      })

      it('attaches to a run that was stopped before it wrote anything', async () => {
        await submit()
        await end('run1', { status: 'stopped', parts: [] })

        const message = { id: 'question1', text: 'Question 1' }
        expect(await submit({ requestKey: 'question1', message })).toMatchObject({
          status: 'attached',
          run: { id: 'run1', status: 'stopped' },
        })
      })

      it('refuses the id of another message, and stores nothing', async () => {
        await exchange()

        await expect(submit({ message: { id: 'answer1', text: 'Mine' } })).rejects.toMatchObject({
          code: 'invalid-request',
        })
        expect(await path()).toHaveLength(2)
        expect((await database.chats.get(chat))?.activeRunId).toBeNull()
      })

      it('lets two chats use the same message id', async () => {
        await exchange()

        const outcome = await submit({
          chatId: 'other',
          requestKey: 'question1',
          message: { id: 'question1', text: 'Elsewhere' },
        })

        expect(outcome).toMatchObject({ status: 'started', created: true })
      })

      it('is busy while another run writes, and keeps nothing of the message', async () => {
        await submit()

        expect(await submit()).toEqual({ status: 'busy', runId: 'run1' })
        expect(ids(await path())).toEqual(['question1', 'answer1'])
        expect(await database.chats.get(chat)).toMatchObject({ updatedAt: 10 })
      })

      it('starts one of two different messages sent at once', async () => {
        const outcomes = await Promise.all([submit(), submit()])

        expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['busy', 'started'])
        expect(await path()).toHaveLength(2)
      })

      it('starts one run for ten copies of one message sent at once', async () => {
        const message = { id: 'same', text: 'Hello' }
        const copies = Array.from({ length: 10 }, () => submit({ requestKey: 'same', message }))
        const statuses = (await Promise.all(copies)).map(({ status }) => status)

        expect(statuses.filter((status) => status === 'started')).toHaveLength(1)
        expect(statuses.filter((status) => status === 'attached')).toHaveLength(9)
        expect(await path()).toHaveLength(2)
      })

      it('does not find a chat that is removed', async () => {
        await exchange()
        await database.chats.remove({ ...chat, now: 600 })

        expect(await submit()).toEqual({ status: 'not-found' })
      })
    })

    describe('regenerating', () => {
      it('writes a second answer beside the newest one', async () => {
        await exchange()
        await exchange()

        const outcome = await regenerate()

        expect(historyOf(outcome)).toEqual(['question1', 'answer1', 'question2'])
        expect(ids(await path())).toEqual(['question1', 'answer1', 'question2', 'answer3'])
        expect((await answer('answer2'))?.metadata?.status).toBe('done')
      })

      it('goes back to an earlier answer, or to the message before it', async () => {
        await exchange()
        await exchange()

        expect(historyOf(await regenerate({ messageId: 'answer1' }))).toEqual(['question1'])
        await end('run3')
        expect(historyOf(await regenerate({ messageId: 'question2' }))).toEqual([
          'question1',
          'answer1',
          'question2',
        ])
        expect(ids(await path())).toEqual(['question1', 'answer1', 'question2', 'answer4'])
      })

      it('answers a message whose run was stopped before it wrote anything', async () => {
        await exchange()
        await submit()
        await end('run2', { status: 'stopped', parts: [] })

        expect(historyOf(await regenerate())).toEqual(['question1', 'answer1', 'question2'])
      })

      it('attaches to its own run only while that runs', async () => {
        await exchange()
        await regenerate({ requestKey: 'again' })

        expect(await regenerate({ requestKey: 'again' })).toMatchObject({
          status: 'attached',
          run: { id: 'run2' },
        })
        expect(await regenerate({ requestKey: 'another' })).toEqual({
          status: 'busy',
          runId: 'run2',
        })
        await end('run2')
        expect(await regenerate({ requestKey: 'again' })).toMatchObject({ status: 'started' })
      })

      it('finds neither unknown messages nor unknown chats', async () => {
        await exchange()

        expect(await regenerate({ messageId: 'nowhere' })).toEqual({ status: 'not-found' })
        expect(await regenerate({ chatId: 'nowhere' })).toEqual({ status: 'not-found' })
        expect(await database.chats.get({ ...chat, chatId: 'nowhere' })).toBeUndefined()
      })
    })

    describe('continuing', () => {
      it.each(['interrupted', 'stopped', 'failed'] as const)(
        'goes on with an answer that was %s',
        async (status) => {
          await submit()
          const error = { code: 'model-silent', retryable: true } as const
          await end('run1', { status, metadata: { error, usage: { outputTokens: 3 } } })

          const outcome = await continueAnswer('answer1', {
            model: { provider: 'local', id: 'llama' },
          })

          expect(outcome).toMatchObject({
            status: 'started',
            run: { messageId: 'answer1', seq: 0 },
          })
          expect(historyOf(outcome)).toEqual(['question1', 'answer1'])
          expect((await path()).at(-1)).toEqual({
            id: 'answer1',
            role: 'assistant',
            parts: [text('Answer of run1')],
            metadata: {
              status: 'running',
              createdAt: 10,
              parentId: 'question1',
              runId: 'run2',
              model: { provider: 'local', id: 'llama' },
              usage: { outputTokens: 3 },
            },
          })
        },
      )

      it('goes on with an answer that reached its length, and with no other that is done', async () => {
        await submit()
        await end('run1', { metadata: { finishReason: 'length' } })

        expect(await continueAnswer('answer1')).toMatchObject({ status: 'started' })
        await end('run2')
        await expect(continueAnswer('answer1')).rejects.toBeInstanceOf(AppError)
        await expect(continueAnswer('question1')).rejects.toMatchObject({ code: 'invalid-request' })
        expect((await database.chats.get(chat))?.activeRunId).toBeNull()
      })

      it('keeps the answer when stopped before anything was added', async () => {
        await submit()
        await end('run1', { status: 'interrupted' })
        await continueAnswer('answer1')

        await end('run2', { status: 'stopped', parts: [] })

        expect((await path()).at(-1)).toMatchObject({
          id: 'answer1',
          parts: [text('Answer of run1')],
          metadata: { status: 'stopped' },
        })
      })

      it('attaches to its own run only while that runs', async () => {
        await submit()
        await end('run1', { status: 'stopped' })
        await continueAnswer('answer1', { requestKey: 'on' })

        expect(await continueAnswer('answer1', { requestKey: 'on' })).toMatchObject({
          status: 'attached',
          run: { id: 'run2' },
        })
        await end('run2', { status: 'stopped' })
        expect(await continueAnswer('answer1', { requestKey: 'on' })).toMatchObject({
          status: 'started',
        })
      })

      it('finds no unknown message', async () => {
        await exchange()

        expect(await continueAnswer('nowhere')).toEqual({ status: 'not-found' })
      })
    })

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
        expect(await database.runs.checkpoint(progress)).toBe(true)

        const stored = await answer('answer1')
        expect(stored?.parts).toEqual([
          parts[0],
          parts[1],
          { type: 'text', text: 'Hel\uFFFD', state: 'streaming' },
        ])
        expect(stored?.metadata).toMatchObject({ status: 'running', runId: 'run1', model, usage })
        expect(await database.runs.get({ ...anna, runId: 'run1' })).toMatchObject({
          seq: 4,
          heartbeatAt: 40,
          status: 'running',
        })
      })

      it('is kept together with others, each by its own rules', async () => {
        for (const chatId of [chat.chatId, 'another', 'third']) await submit({ chatId })
        await end('run3')
        const metadata = (await answer('answer1'))?.metadata

        const kept = await database.runs.checkpointAll([
          { runId: 'nowhere', parts: [text('x')], seq: 1, now: 50 },
          { runId: 'run1', instance: 'here', parts: [text('Half')], seq: 3, now: 51 },
          { runId: 'run2', instance: 'elsewhere', parts: [text('Half')], seq: 3, now: 52 },
          { runId: 'run3', parts: [text('Late')], seq: 9, now: 53 },
          { runId: 'run2', instance: 'here', now: 54 },
        ])

        expect(kept).toEqual([false, true, false, false, true])
        expect(await answer('answer1')).toMatchObject({ parts: [text('Half')], metadata })
        expect(await database.runs.find({ runId: 'run1' })).toMatchObject({
          seq: 3,
          heartbeatAt: 51,
        })
        expect(await database.runs.find({ runId: 'run2' })).toMatchObject({
          seq: 0,
          heartbeatAt: 54,
        })
      })

      it('says that it lives', async () => {
        await submit()

        expect(await database.runs.heartbeat({ runId: 'run1', now: 77 })).toBe(true)
        expect(await database.runs.active(chat)).toMatchObject({ heartbeatAt: 77 })
        await end('run1')
        expect(await database.runs.heartbeat({ runId: 'run1', now: 78 })).toBe(false)
        expect(await database.runs.heartbeat({ runId: 'nowhere', now: 78 })).toBe(false)
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
        const run = await database.runs.find({ runId: 'run1' })
        if (!run) throw new Error('The run is missing.')
        const adopted = await Promise.all(
          ['one', 'two', 'three'].map((instance) =>
            database.runs.adopt({ run, instance, now: 80 }),
          ),
        )
        expect(adopted.filter(Boolean)).toHaveLength(1)
        const writer = ['one', 'two', 'three'][adopted.indexOf(true)] ?? ''
        expect(await database.runs.find({ runId: 'run1' })).toMatchObject({
          instance: writer,
          heartbeatAt: 80,
        })

        const late = { runId: 'run1', instance: 'here', parts: [text('Late')], metadata: {} }
        expect(await database.runs.heartbeat({ ...late, now: 81 })).toBe(false)
        expect(await database.runs.checkpoint({ ...late, seq: 5, now: 81 })).toBe(false)
        expect(await database.runs.end({ ...late, status: 'done', seq: 5, now: 81 })).toBe(false)
        expect((await answer('answer1'))?.metadata?.status).toBe('running')
        const own = { ...late, instance: writer, parts: [text('In time')] }
        expect(await database.runs.heartbeat({ ...own, now: 82 })).toBe(true)
        expect(await database.runs.end({ ...own, status: 'done', seq: 5, now: 83 })).toBe(true)
        expect(await database.runs.adopt({ run, instance: 'late', now: 84 })).toBe(false)
      })

      it('ends once: the first end wins, later checkpoints write nothing', async () => {
        await submit()

        const metadata = { usage: { inputTokens: 5 }, timing: { durationMs: 90 } }
        expect(await end('run1', { metadata })).toBe(true)
        expect(await end('run1', { status: 'stopped', parts: [] })).toBe(false)
        expect(await checkpoint('run1', [text('Late')])).toBe(false)
        expect(await database.runs.interrupt({ runId: 'run1', now: 600 })).toBe(false)

        expect(await path()).toHaveLength(2)
        expect((await path()).at(-1)).toMatchObject({
          parts: [text('Answer of run1')],
          metadata: { status: 'done', model, ...metadata },
        })
        expect(await database.runs.latest(chat)).toMatchObject({
          status: 'done',
          seq: 9,
          endedAt: 500,
        })
        expect(await database.runs.active(chat)).toBeUndefined()
        expect(await database.chats.get(chat)).toMatchObject({ updatedAt: 500, activeRunId: null })
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
        expect((await database.chats.get(chat))?.selectedLeafId).toBe('question2')
        expect(historyOf(await submit())).toEqual([
          'question1',
          'answer1',
          'question2',
          'question3',
        ])
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

        expect(await database.runs.interrupt({ runId: 'run1', now: 700 })).toBe(true)

        expect((await path()).at(-1)).toMatchObject({
          parts: [
            { ...reasoning, state: 'done' },
            { type: 'text', text: 'Half', state: 'done' },
          ],
          metadata: { status: 'interrupted', runId: 'run1', model },
        })
        expect(await database.runs.latest(chat)).toMatchObject({
          status: 'interrupted',
          seq: 3,
          endedAt: 700,
        })
      })

      it('is interrupted with what its stream log still had, when that is more', async () => {
        await submit()
        await checkpoint('run1', [text('Half')], 3)

        expect(
          await database.runs.interrupt({
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
        expect(await database.runs.latest(chat)).toMatchObject({ seq: 8, endedAt: 700 })
      })

      it.each([2, 3])(
        'is interrupted with its checkpoint when its stream log ends at %i of 3',
        async (seq) => {
          await submit()
          await checkpoint('run1', [text('Half')], 3)

          await database.runs.interrupt({
            runId: 'run1',
            now: 700,
            progress: { parts: [text('Less')], seq },
          })

          expect((await path()).at(-1)).toMatchObject({ parts: [text('Half')] })
          expect(await database.runs.latest(chat)).toMatchObject({ seq: 3 })
        },
      )

      it('hears that it is to stop, and ends with all it has', async () => {
        await submit()
        await checkpoint('run1', [{ type: 'text', text: 'Half', state: 'streaming' }], 3)

        expect(await database.runs.requestStop({ runId: 'run1', now: 700 })).toBe(true)
        expect(await database.runs.requestStop({ runId: 'run1', now: 701 })).toBe(false)
        expect(await database.runs.find({ runId: 'run1' })).toMatchObject({
          status: 'running',
          stopRequested: true,
        })
        expect(await checkpoint('run1', [text('Late')])).toBe(false)
        expect(await database.runs.heartbeat({ runId: 'run1', now: 702 })).toBe(false)

        expect(await end('run1', { status: 'stopped', parts: [text('Half and more')] })).toBe(true)
        expect((await path()).at(-1)).toMatchObject({
          parts: [text('Half and more')],
          metadata: { status: 'stopped', runId: 'run1' },
        })
        expect(await database.runs.requestStop({ runId: 'run1', now: 703 })).toBe(false)
        expect(await database.runs.requestStop({ runId: 'nowhere', now: 703 })).toBe(false)
      })

      it('may be ended again in the same way, for a writer that did not hear of its success', async () => {
        await submit()

        expect(await end('run1', { now: 500 })).toBe(true)
        expect(await end('run1', { now: 600, parts: [] })).toBe(true)
        expect(await end('run1', { seq: 10 })).toBe(false)
        expect(await end('run1', { status: 'failed' })).toBe(false)
        expect(await end('nowhere')).toBe(false)

        expect((await path()).at(-1)).toMatchObject({ parts: [text('Answer of run1')] })
        expect(await database.runs.latest(chat)).toMatchObject({ endedAt: 500 })
      })

      it('keeps how the provider calls it, while it runs', async () => {
        await submit()

        expect(await database.runs.setUpstream({ runId: 'run1', upstreamId: 'resp_1' })).toBe(true)
        expect(await database.runs.active(chat)).toMatchObject({ upstreamId: 'resp_1' })
        await end('run1')
        expect(await database.runs.setUpstream({ runId: 'run1', upstreamId: 'resp_2' })).toBe(false)
        expect(await database.runs.latest(chat)).toMatchObject({ upstreamId: 'resp_1' })
      })

      it('is found by its id alone for settling, also in a removed chat', async () => {
        await submit()
        await database.chats.remove({ ...chat, now: 300 })

        expect(await database.runs.find({ runId: 'run1' })).toMatchObject({
          id: 'run1',
          userId: 'anna',
        })
        expect(await database.runs.find({ runId: 'nowhere' })).toBeUndefined()
      })

      it('is found after a restart by the process that wrote it', async () => {
        await submit()
        await submit({ chatId: 'other', instance: 'there' })
        await submit({ chatId: 'third' })
        await end('run3')

        const running = async (instance?: string) =>
          (await database.runs.runningOf({ instance })).map(({ id }) => id)
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
          (await database.runs.byKey({ ...hidden, runKey }))?.id

        expect(await byKey(runKeyOf(runId))).toBe(runId)
        expect(await byKey('0000000000')).toBeUndefined()
        expect(await byKey('__________')).toBeUndefined()
        expect(await byKey(runKeyOf(runId), chatOfBen)).toBeUndefined()
        expect(await byKey(runKeyOf(runId), { ...chat, chatId: 'other' })).toBeUndefined()
        await database.chats.remove({ ...chat, now: 600 })
        expect(await byKey(runKeyOf(runId))).toBeUndefined()
      })

      it('is not brought back when its chat is removed', async () => {
        await submit()
        await database.chats.remove({ ...chat, now: 300 })

        expect(await checkpoint('run1', [text('Late')])).toBe(false)
        expect(await database.runs.heartbeat({ runId: 'run1', now: 301 })).toBe(false)
        expect(await database.runs.active(chat)).toBeUndefined()
        expect(await path()).toEqual([])
        expect(await database.runs.runningOf({})).toHaveLength(1)
      })

      it('ends in a removed chat too, which stays removed and is free once restored', async () => {
        await submit()
        await database.chats.remove({ ...chat, now: 300 })

        expect(await end('run1', { status: 'stopped' })).toBe(true)
        expect(await database.chats.get(chat)).toBeUndefined()

        await database.chats.restore(chat)
        expect(await database.chats.get(chat)).toMatchObject({ activeRunId: null, updatedAt: 10 })
        expect(await submit()).toMatchObject({ status: 'started' })
      })

      it('writes nothing once its chat is purged', async () => {
        await submit()
        await database.chats.remove({ ...chat, now: 300 })
        await database.chats.purgeRemoved({ removedBefore: 301 })

        expect(await checkpoint('run1', [text('Late')])).toBe(false)
        expect(await end('run1')).toBe(false)
        expect(await rowCounts(connection)).toEqual({ chats: 0, messages: 0, runs: 0 })
      })
    })

    describe('the list of chats', () => {
      async function submitAt(chatId: string, now: number, userId = 'anna') {
        await submit({ chatId, userId, now })
      }

      const listed = async (limit: number, cursor?: string) => {
        const page = await database.chats.list({ ...anna, limit, cursor })
        return { ids: page.chats.map(({ id }) => id), nextCursor: page.nextCursor }
      }

      it('goes from the newest change to the oldest, page by page, over equal times', async () => {
        await submitAt('a', 50)
        await submitAt('b', 70)
        await submitAt('c', 50)
        await submitAt('d', 50)
        await submitAt('of-ben', 60, 'ben')

        const first = await listed(2)
        const second = await listed(2, first.nextCursor ?? '')

        expect(first.ids).toEqual(['b', 'd'])
        expect(second).toEqual({ ids: ['c', 'a'], nextCursor: null })
        expect(await listed(4)).toEqual({ ids: ['b', 'd', 'c', 'a'], nextCursor: null })
      })

      it('skips none and repeats none when a chat moves up between two pages', async () => {
        await submitAt('a', 10)
        await submitAt('b', 20)
        await submitAt('c', 30)
        const first = await listed(2)

        await end('run3', { now: 900 })

        expect(first.ids).toEqual(['c', 'b'])
        expect((await listed(2, first.nextCursor ?? '')).ids).toEqual(['a'])
      })

      it('tells which chats are being answered', async () => {
        await submitAt('a', 10)
        await submitAt('b', 20)
        await end('run1', { now: 30 })

        const { chats } = await database.chats.list({ ...anna, limit: 10 })

        expect(chats).toEqual([
          {
            id: 'a',
            title: 'Title',
            createdAt: 10,
            updatedAt: 30,
            activeRunId: null,
            ...newChatPlace,
            unread: true,
          },
          {
            id: 'b',
            title: 'Title',
            createdAt: 20,
            updatedAt: 20,
            activeRunId: 'run2',
            ...newChatPlace,
          },
        ])
      })

      it.each(['', '!', 'e30', 'MTIz', Buffer.from('5.a b').toString('base64url')])(
        'refuses the malformed cursor %j',
        async (cursor) => {
          await expect(listed(2, cursor)).rejects.toMatchObject({ code: 'invalid-request' })
        },
      )
    })

    describe('a chat', () => {
      it('takes a title from the model, and from then on only from its user', async () => {
        await submit()
        const setTitle = (title: string, source: 'model' | 'user') =>
          database.chats.setTitle({ ...chat, title, source, now: 900 })

        expect(await setTitle('By the model', 'model')).toBe(true)
        expect(await setTitle('By Anna\0', 'user')).toBe(true)
        expect(await setTitle('By the model again', 'model')).toBe(false)
        expect(await setTitle('By Anna again', 'user')).toBe(true)

        expect(await database.chats.get(chat)).toMatchObject({
          title: 'By Anna again',
          titleSource: 'user',
          updatedAt: 10,
        })
      })

      it('remembers a model chosen without sending', async () => {
        await submit()

        expect(await database.chats.setModel({ ...chat, model: { provider: 'x', id: 'y' } })).toBe(
          true,
        )
        expect((await database.chats.get(chat))?.model).toEqual({ provider: 'x', id: 'y' })
      })

      it('is invisible everywhere while removed, and whole when restored', async () => {
        await exchange()
        const before = await path()

        expect(await database.chats.remove({ ...chat, now: 600 })).toBe(true)
        expect(await database.chats.remove({ ...chat, now: 601 })).toBe(false)
        await expectInvisible(database, chat)

        expect(await database.chats.restore(chat)).toBe(true)
        expect(await database.chats.restore(chat)).toBe(true)
        expect(await path()).toEqual(before)
      })

      it('is purged with all its messages and runs once removed for long enough', async () => {
        await exchange()
        await submit({ chatId: 'other' })
        await database.chats.remove({ ...chat, now: 600 })

        expect(await database.chats.purgeRemoved({ removedBefore: 600 })).toBe(0)
        expect(await database.chats.purgeRemoved({ removedBefore: 601 })).toBe(1)
        expect(await database.chats.restore(chat)).toBe(false)
        expect(await rowCounts(connection)).toEqual({ chats: 1, messages: 2, runs: 1 })
      })

      it('is purged also when it is thousands of messages deep', async () => {
        await submit({ message: { id: 'm0', text: 'First' } })
        await insertMessages(connection, chain('chat', 3000))
        await database.chats.remove({ ...chat, now: 600 })

        expect(await database.chats.purgeRemoved({ removedBefore: 601 })).toBe(1)
        expect(await rowCounts(connection)).toMatchObject({ messages: 0 })
      })

      it('is invisible to everybody but its user', async () => {
        await exchange()
        await submit()

        await expectInvisible(database, chatOfBen)
        expect(await submit({ userId: 'ben' })).toEqual({ status: 'not-found' })
        expect(await regenerate({ userId: 'ben', messageId: 'answer1' })).toEqual({
          status: 'not-found',
        })
        expect(await continueAnswer('answer1', { userId: 'ben' })).toEqual({ status: 'not-found' })
        expect(await database.chats.remove({ ...chatOfBen, now: 600 })).toBe(false)
        expect(await database.chats.restore(chatOfBen)).toBe(false)
        expect(await database.chats.get(chat)).toMatchObject({ title: 'Title', model })
      })
    })

    describe('messages', () => {
      it('are read up to any message of any branch', async () => {
        await exchange()
        await exchange()
        await regenerate({ messageId: 'answer1' })

        expect(ids(await path())).toEqual(['question1', 'answer3'])
        const upTo = async (messageId: string) =>
          ids(await database.messages.pathTo({ ...chat, messageId }))
        expect(await upTo('answer2')).toEqual(['question1', 'answer1', 'question2', 'answer2'])
        expect(await upTo('question1')).toEqual(['question1'])
        expect(await upTo('nowhere')).toEqual([])
      })

      it('come in pages of whole turns, which together are the branch', async () => {
        for (let turn = 0; turn < 4; turn += 1) await exchange()
        await submit()

        expect(await pageBefore(undefined, 4)).toEqual([
          'question4 answer4 question5 answer5',
          'more',
        ])
        expect(await pageBefore('question4', 4)).toEqual([
          'question2 answer2 question3 answer3',
          'more',
        ])
        expect(await pageBefore('question2', 4)).toEqual(['question1 answer1', 'all'])
        expect(await pageBefore('question1', 4)).toEqual(['', 'all'])
        expect(await pageBefore('answer2', 4)).toEqual(['question1 answer1 question2', 'all'])
        expect(await pageBefore(undefined, 1)).toEqual(['question5 answer5', 'more'])
        expect(await pageBefore(undefined, 3)).toEqual(['question5 answer5', 'more'])
      })

      it('come in pages of any branch, and in none for a message that is not there', async () => {
        await exchange()
        await exchange()
        await regenerate({ messageId: 'answer1' })

        expect(await pageBefore(undefined, 30)).toEqual(['question1 answer3', 'all'])
        expect(await pageBefore('answer2', 2)).toEqual(['question2', 'more'])
        expect(
          await database.messages.page({ ...chat, before: 'nowhere', limit: 4 }),
        ).toBeUndefined()
        expect(
          await database.messages.page({ ...chatOfBen, before: 'answer2', limit: 4 }),
        ).toBeUndefined()
      })

      it('come in pages as large as the texts allow, one turn at least', async () => {
        const parts = (length: number) => ({ parts: [text('x'.repeat(length))] })
        for (const length of [1_000, 1_000, 9_000, 5_000, 2_000]) {
          await submit()
          await end(`run${runCount}`, parts(length))
        }

        expect(await pageBefore(undefined, 4)).toEqual([
          'question4 answer4 question5 answer5',
          'more',
        ])
        expect(await pageBefore('question5', 4)).toEqual(['question4 answer4', 'more'])
        expect(await pageBefore('question4', 4)).toEqual(['question3 answer3', 'more'])
        expect(await pageBefore('question3', 4)).toEqual([
          'question1 answer1 question2 answer2',
          'all',
        ])
      })

      it('leave out parts that this version does not know', async () => {
        await submit()
        const parts = { v: 1, parts: [{ type: 'hologram' }, text('Kept'), { type: 'text' }, 7] }
        const metadata = { finishReason: 'unheard-of', usage: { outputTokens: 1 }, extra: true }
        await connection.kysely
          .updateTable('messages')
          .set({ parts: JSON.stringify(parts), metadata: JSON.stringify(metadata) })
          .where('id', '=', 'answer1')
          .execute()

        expect(await answer('answer1')).toMatchObject({ parts: [text('Kept')] })
        expect((await answer('answer1'))?.metadata).toEqual({
          usage: { outputTokens: 1 },
          status: 'running',
          createdAt: 10,
          parentId: 'question1',
        })
      })

      it('and chats are read in under 20 ms among 100,000 of them', async () => {
        const chats = Array.from({ length: 500 }, (_, index) => `chat${index}`)
        await connection.transaction(async (transaction) => {
          for (const [index, chatId] of chats.entries()) {
            await insertChat({ kysely: transaction }, chatId, index)
          }
        })
        await insertMessages(
          connection,
          chats.flatMap((chatId) => chain(chatId, 200)),
        )
        const page = await database.chats.list({ ...anna, limit: 250 })

        const listMs = await fastest(() =>
          database.chats.list({ ...anna, limit: 30, cursor: page.nextCursor ?? '' }),
        )
        const pathMs = await fastest(() => database.messages.path({ ...anna, chatId: 'chat250' }))

        const pageMs = await fastest(() =>
          database.messages.page({ ...anna, chatId: 'chat250', before: 'm101', limit: 30 }),
        )

        expect(await database.messages.path({ ...anna, chatId: 'chat250' })).toHaveLength(200)
        expect(listMs).toBeLessThan(20)
        expect(pageMs).toBeLessThan(20)
        expect(pathMs).toBeLessThan(20)
      }, 60_000)
    })

    describe('a transaction', () => {
      it('refuses the outer handle, which would wait for it for ever', async () => {
        const users = () => connection.kysely.selectFrom('users').selectAll().execute()

        await expect(connection.transaction(users)).rejects.toThrow('its own handle')
        await expect(
          connection.transaction(() => connection.transaction(() => Promise.resolve())),
        ).rejects.toThrow('its own handle')
        await expect(connection.transaction(() => submit())).rejects.toThrow('its own handle')
        expect(await users()).toHaveLength(2)
      })

      it('lets the outer handle be used by what it left behind once it is over', async () => {
        let startLater = () => {}
        const started = new Promise<void>((resolve) => {
          startLater = resolve
        })
        let later = Promise.resolve<unknown>(undefined)

        await connection.transaction(() => {
          later = started.then(() => connection.kysely.selectFrom('users').selectAll().execute())
          return Promise.resolve()
        })
        startLater()

        await expect(later).resolves.toHaveLength(2)
      })

      it('leaves nothing behind when it fails', async () => {
        await expect(
          connection.transaction(async (transaction) => {
            const user = { id: 'carl', kind: 'guest', created_at: 1 } as const
            await transaction.insertInto('users').values(user).execute()
            throw new Error('No')
          }),
        ).rejects.toThrow('No')

        expect(await connection.kysely.selectFrom('users').selectAll().execute()).toHaveLength(2)
      })
    })

    it('says whether it can be reached', async () => {
      await expect(database.ping()).resolves.toBeUndefined()
      await database.close()
      await expect(database.ping()).rejects.toThrow(/not open|closed|finalized/)
    })

    it('may be closed twice, and answers nothing afterwards', async () => {
      await database.close()
      await database.close()

      await expect(database.chats.get(chat)).rejects.toThrow(/not open|closed/)
    })
  })
}

function text(words: string): MessagePart {
  return { type: 'text', text: words }
}

function ids(messages: ChatMessage[]): string[] {
  return messages.map(({ id }) => id)
}

function historyOf(outcome: BeginOutcome): string[] | string {
  return outcome.status === 'started' ? ids(outcome.history) : outcome.status
}

async function expectInvisible(
  { chats, messages, runs }: Database,
  hidden: { userId: string; chatId: string },
): Promise<void> {
  const { userId } = hidden
  expect(await chats.get(hidden)).toBeUndefined()
  expect(await chats.list({ userId, limit: 10 })).toEqual({ chats: [], nextCursor: null })
  expect(await chats.setTitle({ ...hidden, title: 'No', source: 'user', now: 1 })).toBe(false)
  expect(await chats.setModel({ ...hidden, model: { provider: 'no', id: 'no' } })).toBe(false)
  expect(await messages.path(hidden)).toEqual([])
  expect(await messages.pathTo({ ...hidden, messageId: 'answer1' })).toEqual([])
  expect(await messages.page({ ...hidden, limit: 30 })).toBeUndefined()
  expect(await messages.page({ ...hidden, before: 'answer1', limit: 30 })).toBeUndefined()
  expect(await messages.get({ ...hidden, messageId: 'answer1' })).toBeUndefined()
  expect(await runs.get({ userId, runId: 'run1' })).toBeUndefined()
  expect(await runs.active(hidden)).toBeUndefined()
  expect(await runs.latest(hidden)).toBeUndefined()
  expect(await runs.byKey({ ...hidden, runKey: 'run1' })).toBeUndefined()
}

type Handle = Pick<Connection, 'kysely'>

async function rowCounts({ kysely }: Handle) {
  const count = async (table: keyof Tables) => {
    const rows = await kysely.selectFrom(table).select('id').execute()
    return rows.length
  }
  return {
    chats: await count('chats'),
    messages: await count('messages'),
    runs: await count('runs'),
  }
}

async function insertChat({ kysely }: Handle, chatId: string, now: number): Promise<void> {
  await kysely
    .insertInto('chats')
    .values({
      id: chatId,
      user_id: 'anna',
      title: 'Title',
      title_source: 'first-words',
      selected_leaf_id: 'm200',
      created_at: now,
      updated_at: now,
    })
    .execute()
}

/** Messages m1 … mN, each the child of the one before; the first of them under m0 where that exists already. */
function chain(chatId: string, length: number): NewMessage[] {
  const metadata = encodeMetadata({})
  const parts = encodeParts([text('Some words of an answer. '.repeat(20))])
  return Array.from({ length }, (_, index) => ({
    chat_id: chatId,
    id: `m${index + 1}`,
    parent_id: index === 0 ? (chatId === 'chat' ? 'm0' : null) : `m${index}`,
    role: index % 2 === 0 ? 'user' : 'assistant',
    status: 'done',
    parts,
    metadata,
    created_at: index,
  }))
}

async function insertMessages(connection: Connection, rows: NewMessage[]): Promise<void> {
  const rowsAtOnce = 500
  await connection.transaction(async (transaction) => {
    for (let start = 0; start < rows.length; start += rowsAtOnce) {
      const values = rows.slice(start, start + rowsAtOnce)
      await transaction.insertInto('messages').values(values).execute()
    }
  })
}

/** The best of some tries: other work on the machine slows down single ones. */
async function fastest(work: () => Promise<unknown>): Promise<number> {
  let best = Number.POSITIVE_INFINITY
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const startedAt = performance.now()
    await work()
    best = Math.min(best, performance.now() - startedAt)
  }
  return best
}
