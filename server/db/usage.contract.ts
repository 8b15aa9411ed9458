import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MessageMetadata } from '@/shared/chat/message'
import type { OpenedDatabase } from './database'

const mini = { provider: 'openai', id: 'gpt-5-mini' }
const local = { provider: 'local-ollama', id: 'qwen3' }
const usage = { inputTokens: 100, cachedInputTokens: 40, outputTokens: 20, reasoningTokens: 5 }
const summed = { answers: 1, ...usage }

/** What every engine must do with what runs used. */
export function describeUsage(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`usage: ${name}`, () => {
    let opened: OpenedDatabase
    let count: number

    beforeEach(async () => {
      opened = await open()
      count = 0
      for (const userId of ['anna', 'ben']) await opened.database.users.ensure({ userId, now: 1 })
    })
    afterEach(() => opened.database.close())

    async function answer({
      chatId = 'chat',
      userId = 'anna',
      model = mini,
      now = 50,
      ...metadata
    }: Partial<MessageMetadata> & { chatId?: string; userId?: string; now?: number }) {
      count += 1
      const { runs } = opened.database
      const key = `question${count}`
      await runs.begin({
        kind: 'submit',
        userId,
        chatId,
        runId: `run${count}`,
        answerId: `answer${count}`,
        requestKey: key,
        instance: 'here',
        model,
        now: now - 1,
        message: { id: key, text: 'Hello' },
        title: 'Hello',
      })
      const parts = [{ type: 'text', text: 'Hi', state: 'done' } as const]
      const told = { usage, ...metadata, model }
      const end = { runId: `run${count}`, parts, metadata: told, seq: 3, now }
      await runs.end({ ...end, status: 'done' })
      return end
    }
    const between = (from: number, until: number, userId = 'anna') =>
      opened.database.usage.between({ userId, from, until })

    it('of a time is summed by model, what was written most first', async () => {
      await answer({ now: 10 })
      await answer({ now: 20 })
      await answer({ now: 30, model: local, usage: { outputTokens: 900 } })

      expect(await between(10, 31)).toEqual([
        {
          model: local,
          answers: 1,
          inputTokens: 0,
          cachedInputTokens: 0,
          outputTokens: 900,
          reasoningTokens: 0,
        },
        {
          model: mini,
          answers: 2,
          inputTokens: 200,
          cachedInputTokens: 80,
          outputTokens: 40,
          reasoningTokens: 10,
        },
      ])
    })

    it('counts from the first moment of the time up to its end, and nobody else’s', async () => {
      await answer({ now: 10 })
      await answer({ now: 20 })
      await answer({ now: 15, userId: 'ben', chatId: 'chat of ben' })

      expect(await between(10, 20)).toEqual([{ model: mini, ...summed }])
      expect(await between(11, 20)).toEqual([])
      expect(await between(0, 99, 'ben')).toMatchObject([{ answers: 1 }])
    })

    it('is that of a chat, or of one run in it', async () => {
      await answer({})
      await answer({})
      await answer({ chatId: 'another' })
      const { usage: queries } = opened.database
      const chat = { userId: 'anna', chatId: 'chat' }

      expect(await queries.ofChat(chat)).toMatchObject([{ answers: 2, inputTokens: 200 }])
      expect(await queries.ofRun({ userId: 'anna', runId: 'run1' })).toEqual([
        { model: mini, ...summed },
      ])
      expect(await queries.ofChat({ ...chat, userId: 'ben' })).toEqual([])
      expect(await queries.ofRun({ userId: 'ben', runId: 'run1' })).toEqual([])
    })

    it('is counted once, also when its end is told twice', async () => {
      const end = await answer({})
      await opened.database.runs.end({ ...end, status: 'done' })

      expect(await between(0, 99)).toMatchObject([{ answers: 1 }])
    })

    it('is not that of an answer of which the provider told nothing', async () => {
      await answer({ usage: {} })

      expect(await between(0, 99)).toEqual([])
    })

    it('outlasts the chat that it was paid for', async () => {
      await answer({})
      await opened.database.chats.remove({ userId: 'anna', chatId: 'chat', now: 60 })
      await opened.database.chats.purgeRemoved({ removedBefore: 99 })

      expect(await between(0, 99)).toMatchObject([{ answers: 1 }])
    })
  })
}
