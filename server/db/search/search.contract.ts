import { beforeEach, describe, expect, it } from 'vitest'
import type { OpenedDatabase } from '../database'
import { useSearchBench } from '../testing/search-bench'

const otherModel = { provider: 'local', id: 'qwen3' }

/** What search must do on every engine. */
export function describeSearch(name: string, open: () => Promise<OpenedDatabase>): void {
  describe(`search: ${name}`, () => {
    const { model, database, connection, begin, end, exchange, find, idsOf, titlesOf } =
      useSearchBench(open)

    describe('finds', () => {
      it.each([
        ['北京', '我在北京大学'],
        ['京大', '我在北京大学'],
        ['北京大学', '我在北京大学'],
        ['京', '我在北京大学'],
        ['学', '我在北京大学'],
        ['食べ', 'ラーメンを食べる'],
        ['らーめん', 'らーめん屋'],
        ['울에', '서울에서 만나요'],
        ['heron', 'A grey Heron stands still.'],
        ['her', 'A grey Heron stands still.'],
        ['"grey heron"', 'A grey Heron stands still.'],
        ['heron grey', 'A grey Heron stands still.'],
        ['zurich', 'Von Bern nach Zürich'],
        ['strasse', 'In der Straße'],
        ['node:sqlite', 'It uses node:sqlite here.'],
        ['北京大学的图书馆', '我在北京大学的图书馆里'],
        ['"one two three four five six"', 'zero one two three four five six'],
        ['one-two-three-four-fiv', 'one-two-three-four-five'],
        ['在Rivulet', '我在Rivulet里'],
        ['🦆', 'Look, a 🦆!'],
        ["o'neill", "That is O'Neill’s."],
        ['back\\slash', 'back\\slash'],
        ['ＡＢＣ', 'abc'],
      ])('%s in “%s”', async (query, question) => {
        await exchange({ question })

        expect(await idsOf(query)).toEqual(['question1'])
      })

      it.each([
        ['北学', '我在北京大学'],
        ['京北', '我在北京大学'],
        ['东', '我在北京大学'],
        ['ero', 'A grey Heron stands still.'],
        ['her ', 'A grey Heron stands still.'],
        ['"heron grey"', 'A grey Heron stands still.'],
        ['"one two three five four"', 'one two three four five'],
        ['heron blue', 'A grey Heron stands still.'],
        ['ruser', 'Nothing of that.'],
        ['OR', 'one two'],
      ])('no %s in “%s”', async (query, question) => {
        await exchange({ question })

        expect(await idsOf(query)).toEqual([])
      })

      it('an answer once it is final, and not while it is being written', async () => {
        const runId = await begin()
        const parts = [{ type: 'text', text: 'a heron' } as const]
        await database().runs.checkpoint({ runId, parts, metadata: {}, seq: 1, now: 2 })
        expect(await idsOf('heron')).toEqual([])

        await end(runId, 'a heron and a duck')

        expect(await idsOf('heron duck')).toEqual(['answer1'])
      })

      it('an answer that was cut, and what it says once it was continued', async () => {
        const runId = await begin()
        const parts = [{ type: 'text', text: 'a heron' } as const]
        await database().runs.checkpoint({ runId, parts, metadata: {}, seq: 1, now: 2 })
        await database().runs.interrupt({ runId, now: 3 })
        expect(await idsOf('heron')).toEqual(['answer1'])

        await database().runs.begin({
          kind: 'continue',
          userId: 'anna',
          chatId: 'chat',
          runId: 'on',
          answerId: 'unused',
          requestKey: 'on',
          instance: 'here',
          model,
          now: 4,
          messageId: 'answer1',
        })
        await end('on', 'a heron and a duck')

        expect(await idsOf('duck')).toEqual(['answer1'])
        expect(await idsOf('heron')).toEqual(['answer1'])
      })

      it('messages of a branch that is not selected', async () => {
        await exchange({ answer: 'first try' })
        await database().runs.begin({
          kind: 'regenerate',
          userId: 'anna',
          chatId: 'chat',
          runId: 'again',
          answerId: 'again',
          requestKey: 'again',
          instance: 'here',
          model,
          now: 5000,
        })
        await end('again', 'second try')

        expect(await idsOf('try')).toEqual(['again', 'answer1'])
      })

      it('nothing of an answer stopped before its first word', async () => {
        const runId = await begin()
        await database().runs.end({
          runId,
          status: 'stopped',
          parts: [],
          metadata: {},
          seq: 1,
          now: 2,
        })

        expect(await idsOf('question')).toEqual(['question1'])
        expect(await idsOf('answer')).toEqual([])
      })

      it('no reasoning', async () => {
        const runId = await begin()
        const parts = [
          { type: 'reasoning', text: 'a secret heron' },
          { type: 'text', text: 'Done.' },
        ] as const
        await database().runs.end({ runId, status: 'done', parts, metadata: {}, seq: 1, now: 2 })

        expect(await idsOf('heron')).toEqual([])
      })
    })

    describe('keeps apart', () => {
      it('what belongs to other users', async () => {
        await exchange({ userId: 'anna', chatId: 'a', question: 'a heron', title: 'Herons' })
        await exchange({ userId: 'ben', chatId: 'b', question: 'a heron', title: 'Herons too' })

        expect(await idsOf('heron')).toEqual(['question1'])
        expect(await idsOf('heron', { userId: 'ben' })).toEqual(['question2'])
        expect(await idsOf('heron', { userId: 'carl' })).toEqual([])
        expect(await titlesOf('herons', 'ben')).toEqual(['Herons too'])
      })

      it('removed chats, until they are brought back', async () => {
        await exchange({ question: 'a heron', title: 'Herons' })
        await database().chats.remove({ userId: 'anna', chatId: 'chat', now: 50 })
        expect(await idsOf('heron')).toEqual([])
        expect(await titlesOf('herons')).toEqual([])

        await database().chats.restore({ userId: 'anna', chatId: 'chat' })

        expect(await idsOf('heron')).toEqual(['question1'])
        expect(await titlesOf('herons')).toEqual(['Herons'])
      })

      it('removed messages, until they are brought back', async () => {
        await exchange({ question: 'a heron', answer: 'a heron' })
        await exchange({ question: 'a duck', answer: 'a heron' })
        const message = { userId: 'anna', chatId: 'chat', messageId: 'question2', now: 50 }
        await database().messages.remove(message)
        expect(await idsOf('duck')).toEqual([])
        expect((await idsOf('heron')).toSorted()).toEqual(['answer1', 'question1'])

        await database().messages.restore(message)
        expect(await idsOf('duck')).toEqual(['question2'])

        await database().messages.remove(message)
        await database().messages.purgeRemoved({ removedBefore: 60 })
        expect(await idsOf('duck')).toEqual([])
      })

      it('and leaves nothing of a purged chat in the index', async () => {
        await exchange({ question: 'a heron' })
        await database().chats.remove({ userId: 'anna', chatId: 'chat', now: 50 })
        await database().chats.purgeRemoved({ removedBefore: 60 })

        const rows = await connection().kysely.selectFrom('search_entries').select('key').execute()
        expect(rows).toEqual([])
        await exchange({ question: 'a duck' })
        expect(await idsOf('heron')).toEqual([])
        expect(await idsOf('duck')).toEqual(['question2'])
      })
    })

    describe('titles', () => {
      it('are found as they are now', async () => {
        await exchange({ title: 'First words' })
        const chat = { userId: 'anna', chatId: 'chat', now: 9 }
        await database().chats.setTitle({ ...chat, title: '北京的秋天', source: 'model' })
        expect(await titlesOf('北京')).toEqual(['北京的秋天'])
        expect(await titlesOf('first')).toEqual([])

        await database().chats.setTitle({ ...chat, title: 'Autumn', source: 'user' })
        await database().chats.setTitle({ ...chat, title: 'Not taken', source: 'model' })

        expect(await titlesOf('autumn')).toEqual(['Autumn'])
        expect(await titlesOf('北京')).toEqual([])
        expect(await titlesOf('taken')).toEqual([])
      })

      it('are no messages', async () => {
        await exchange({ title: 'Herons' })

        expect(await idsOf('herons')).toEqual([])
        expect(await titlesOf('question')).toEqual([])
      })
    })

    describe('narrows down', () => {
      beforeEach(async () => {
        await exchange({ question: 'a heron', answer: 'the heron', now: 1000 })
        await exchange({ question: 'a heron', answer: 'the heron', now: 2000, model: otherModel })
        await exchange({ question: 'a heron', answer: 'the heron', now: 3000 })
      })

      it('by who spoke', async () => {
        expect(await idsOf('heron', { role: 'user' })).toEqual([
          'question3',
          'question2',
          'question1',
        ])
        expect(await idsOf('heron', { role: 'assistant' })).toEqual([
          'answer3',
          'answer2',
          'answer1',
        ])
      })

      it('by the model', async () => {
        expect(await idsOf('heron', { model: otherModel })).toEqual(['answer2'])
        expect(await idsOf('heron', { model: { provider: 'x', id: 'qwen3' } })).toEqual([])
      })

      it('by time, with its beginning and without its end', async () => {
        const asked = { role: 'user' } as const
        expect(await idsOf('heron', { ...asked, from: 2000 })).toEqual(['question3', 'question2'])
        expect(await idsOf('heron', { ...asked, until: 2000 })).toEqual(['question1'])
        expect(await idsOf('heron', { ...asked, from: 1001, until: 3000 })).toEqual(['question2'])
      })

      it('by the folder that a chat is in now, its title too', async () => {
        await exchange({ chatId: 'other', question: 'a heron', title: 'Other' })
        const folder = { userId: 'anna', folderId: 'birds', now: 1 }
        await database().folders.create({ ...folder, name: 'Birds' })
        const inFolder = { folderId: 'birds', role: 'user' } as const
        const put = (folderId: string | null) =>
          database().chats.arrange({
            userId: 'anna',
            chatIds: ['other'],
            arrangement: { folderId },
            now: 5_000,
          })
        expect(await idsOf('heron', inFolder)).toEqual([])

        await put('birds')
        expect(await idsOf('heron', inFolder)).toEqual(['question4'])
        expect(await titlesOf('other', 'anna', 'birds')).toEqual(['Other'])
        expect(await titlesOf('title', 'anna', 'birds')).toEqual([])
        expect(await find('heron', { ...inFolder, userId: 'ben' })).toEqual([])

        await put(null)
        expect(await idsOf('heron', inFolder)).toEqual([])
      })

      it('and goes on where a page ended', async () => {
        const seen: string[] = []
        let before: number | undefined
        for (;;) {
          const page = await find('heron', { limit: 2, ...(before && { before }) })
          if (page.length === 0) break
          seen.push(...page.map(({ messageId }) => messageId))
          before = page.at(-1)?.key
        }

        expect(seen.toSorted()).toEqual(
          [1, 2, 3].flatMap((id) => [`answer${id}`, `question${id}`]).toSorted(),
        )
        expect(new Set(seen.slice(0, 2))).toEqual(new Set(['answer3', 'question3']))
      })
    })

    it('tells each message with its chat, its time and its text', async () => {
      await exchange({ question: 'a heron', title: 'Birds', now: 1234 })

      expect(await find('heron')).toEqual([
        {
          key: expect.any(Number),
          chatId: 'chat',
          chatTitle: 'Birds',
          messageId: 'question1',
          role: 'user',
          createdAt: 1234,
          text: 'a heron',
        },
      ])
    })

    it('tells many messages of one moment apart', async () => {
      for (let each = 0; each < 30; each += 1) {
        await exchange({ chatId: `chat${each}`, question: 'a heron', now: 7 })
      }

      expect(await idsOf('heron', { limit: 100 })).toHaveLength(30)
    })

    it('takes a message of any length and any characters', async () => {
      const question = `${'x'.repeat(300_000)} ${'字'.repeat(20_000)} \0 \ud800 ' \\ : & heron`
      await exchange({
        question,
        answer: Array.from({ length: 40_000 }, (_, n) => `w${n}`).join(' '),
      })

      expect(await idsOf('字字')).toEqual(['question1'])
      expect(await idsOf('w15999')).toEqual(['answer1'])
    })
  })
}
