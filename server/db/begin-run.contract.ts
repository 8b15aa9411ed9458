import { describe, expect, it } from 'vitest'
import { messageText } from '@/shared/chat/message-text'
import { newChatPlace } from '@/shared/chat/shelf'
import { AppError } from '@/shared/errors/app-error'
import { model, chat, text, ids, historyOf, type DatabaseBench } from './testing/database-bench'

/** How a run begins: with a message, again, or where an answer was cut. */
export function describeBeginning(bench: DatabaseBench): void {
  const { submit, regenerate, continueAnswer, end, exchange, path, answer } = bench

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
      expect(await bench.database.chats.get(chat)).toEqual({
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
      expect(await bench.database.chats.get(chat)).toMatchObject({
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
      expect((await bench.database.chats.get(chat))?.title).toBe('\uFFFD\uFFFD')
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
      expect((await bench.database.chats.get(chat))?.activeRunId).toBeNull()
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
      expect(await bench.database.chats.get(chat)).toMatchObject({ updatedAt: 10 })
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
      await bench.database.chats.remove({ ...chat, now: 600 })

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
      expect(await bench.database.chats.get({ ...chat, chatId: 'nowhere' })).toBeUndefined()
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
      expect((await bench.database.chats.get(chat))?.activeRunId).toBeNull()
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
}
