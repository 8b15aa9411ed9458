import { describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import { AppError } from '@/shared/errors/app-error'
import { removeChat } from './change-chat'
import { stopRun } from './stop-run'
import { chatId, openChatBench, textOfEvents, userId } from './testing/chat-bench'

const words = (...texts: string[]) => texts.map(step.text)

describe('a run', () => {
  it('writes the answer into the log and into the chat, and says done after it is saved', async () => {
    await using bench = await openChatBench(() => [
      step.reasoning('hm'),
      ...words('Hello', ' there'),
    ])
    const { run, finished } = await bench.send('hi')
    const events = await bench.events(run.id)
    const { text, message } = await bench.answer()
    await finished
    expect(textOfEvents(events)).toBe('Hello there')
    expect(events.at(-1)).toEqual({ seq: events.length, end: 'done' })
    expect(text).toBe('Hello there')
    expect(message.parts.map(({ type }) => type)).toEqual(['reasoning', 'text'])
    expect(message.metadata).toMatchObject({
      status: 'done',
      runId: run.id,
      usage: { outputTokens: 3 },
    })
    expect(message.metadata?.timing?.durationMs).toBeGreaterThanOrEqual(
      message.metadata?.timing?.firstTokenMs ?? Infinity,
    )
  })

  it('sends the branch to the model, without reasoning', async () => {
    await using bench = await openChatBench(() => [
      step.reasoning('secret thought'),
      ...words('first answer'),
    ])
    await (
      await bench.send('one')
    ).finished
    await (
      await bench.send('two')
    ).finished
    const body = bench.streamed().at(-1)?.body
    expect(body?.['messages']).toEqual([
      { role: 'user', content: 'one' },
      expect.objectContaining({ role: 'assistant', content: 'first answer' }),
      { role: 'user', content: 'two' },
    ])
  })

  it('starts once for the same message, however often and quickly it is sent', async () => {
    const hold = gate()
    await using bench = await openChatBench(() => [...words('once'), step.wait(hold.opened)])
    const runs = await Promise.all([1, 2, 3].map(() => bench.send('hi', { id: 'same' })))
    hold.open()
    await Promise.all(runs.map(({ finished }) => finished))
    const later = await bench.send('hi', { id: 'same' })
    expect(new Set([...runs, later].map(({ run }) => run.id)).size).toBe(1)
    expect(bench.streamed()).toHaveLength(1)
    expect((await bench.messages()).map(({ role }) => role)).toEqual(['user', 'assistant'])
  })

  it('refuses a second message while one is answered, and names the run', async () => {
    const hold = gate()
    await using bench = await openChatBench(() => [step.wait(hold.opened), ...words('a')])
    const { run } = await bench.send('one')
    const refusal = await bench.send('two').catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(AppError)
    expect(refusal).toMatchObject({ code: 'chat-busy', extra: { runId: run.id } })
    expect((await bench.messages()).filter(({ role }) => role === 'user')).toHaveLength(1)
    hold.open()
  })

  it('is stopped at once, upstream included, and keeps what it has', async () => {
    await using bench = await openChatBench(() => [...words('kept'), step.wait(gate().opened)])
    const { run, finished } = await bench.send('hi')
    await expect
      .poll(async () => (await bench.services.streamLog.head(run.id))?.seq)
      .toBeGreaterThanOrEqual(3)
    const stoppedAt = Date.now()
    expect(await stopRun({ services: bench.services, userId, chatId, runId: run.id })).toBe(true)
    const upstream = await bench.firstStreamed()
    await upstream.whenAborted
    expect((upstream.abortedAt ?? Infinity) - stoppedAt).toBeLessThan(250)
    await finished
    expect(await bench.answer()).toMatchObject({
      text: 'kept',
      message: { metadata: { status: 'stopped' } },
    })
    expect(await stopRun({ services: bench.services, userId, chatId, runId: run.id })).toBe(false)
  })

  it('leaves no empty answer when it is stopped before the first token', async () => {
    await using bench = await openChatBench(() => [step.wait(gate().opened)])
    const { run, finished } = await bench.send('hi')
    await bench.firstStreamed()
    await stopRun({ services: bench.services, userId, chatId, runId: run.id })
    await finished
    expect((await bench.messages()).map(({ role }) => role)).toEqual(['user'])
  })

  it('cannot be stopped by somebody else, or through another chat', async () => {
    const hold = gate()
    await using bench = await openChatBench(() => [step.wait(hold.opened)])
    const { run } = await bench.send('hi')
    const { services } = bench
    const attempts = [
      stopRun({ services, userId: 'user-2', chatId, runId: run.id }),
      stopRun({ services, userId, chatId: 'chat-2', runId: run.id }),
    ]
    for (const attempt of attempts)
      await expect(attempt).rejects.toMatchObject({ code: 'not-found' })
    expect(await services.streamLog.head(run.id)).not.toHaveProperty('end')
    hold.open()
  })

  it('row 28: says done only once the end is saved, and tries again when it cannot be', async () => {
    await using bench = await openChatBench(() => words('kept'))
    const { runs } = bench.services.db
    const end = runs.end.bind(runs)
    let tries = 0
    runs.end = (ending) => (++tries < 3 ? Promise.reject(new Error('disk full')) : end(ending))
    const { run } = await bench.send('hi')
    expect((await bench.events(run.id)).at(-1)).toMatchObject({ end: 'done' })
    expect(tries).toBe(3)
    expect(await bench.answer()).toMatchObject({
      text: 'kept',
      message: { metadata: { status: 'done' } },
    })
  })

  it('brings nothing back when its chat is removed under it', async () => {
    await using bench = await openChatBench(() => [...words('a'), step.wait(gate().opened)])
    const { run, finished } = await bench.send('hi')
    await bench.firstStreamed()
    await removeChat({ services: bench.services, userId, chatId })
    await finished
    expect(await bench.services.db.chats.get({ userId, chatId })).toBeUndefined()
    expect(await bench.services.db.runs.get({ userId, runId: run.id })).toBeUndefined()
  })
})

describe('a run whose upstream fails', () => {
  it('is interrupted, never done, when the stream ends without a finish', async () => {
    await using bench = await openChatBench(() => [...words('half of'), step.eof()])
    const { run, finished } = await bench.send('hi')
    expect((await bench.events(run.id)).at(-1)).toMatchObject({ end: 'interrupted' })
    await finished
    expect(await bench.answer()).toMatchObject({
      text: 'half of',
      message: { metadata: { status: 'interrupted' } },
    })
  })

  it('tries again before the first token, and answers', async () => {
    let tries = 0
    await using bench = await openChatBench(() =>
      tries++ === 0 ? [step.status(500)] : words('at last'),
    )
    const { finished } = await bench.send('hi')
    await finished
    expect(await bench.answer()).toMatchObject({
      text: 'at last',
      message: { metadata: { status: 'done' } },
    })
  })

  it('never tries again after the first token', async () => {
    await using bench = await openChatBench(() => [...words('some'), step.wait(5), step.reset()])
    await (
      await bench.send('hi')
    ).finished
    expect(bench.streamed()).toHaveLength(1)
    const { text, message } = await bench.answer()
    expect(text).toBe('some')
    expect(message.metadata).toMatchObject({ status: 'failed', error: { retryable: true } })
  })

  it.each([
    [
      401,
      { error: { message: 'Incorrect API key provided: sk-test-0123456789' } },
      'model-key-rejected',
    ],
    [403, { error: { message: 'No access' } }, 'model-key-rejected'],
    [404, { error: { message: 'No such model' } }, 'model-not-found'],
    [400, { error: { code: 'context_length_exceeded', message: 'Too long' } }, 'context-too-long'],
  ])(
    'says what to change after %i, without a second try and without the key',
    async (status, body, code) => {
      await using bench = await openChatBench(() => [step.status(status, body)])
      const { run } = await bench.send('hi')
      const events = await bench.events(run.id)
      const { message } = await bench.answer()
      expect(bench.streamed()).toHaveLength(1)
      expect(message.metadata).toMatchObject({
        status: 'failed',
        error: { code, retryable: false },
      })
      expect(JSON.stringify([events, message])).not.toContain('sk-test')
    },
  )

  it('waits as long as a 429 says, and gives up when that is too long', async () => {
    await using bench = await openChatBench(() => [step.status(429, {}, { 'retry-after': '60' })])
    await (
      await bench.send('hi')
    ).finished
    expect((await bench.answer()).message.metadata?.error).toMatchObject({
      code: 'model-rate-limited',
      retryAfterSeconds: 60,
    })
    expect(bench.streamed()).toHaveLength(1)
  })

  it('fails when the model is silent, hangs up on it, and keeps the text', async () => {
    const limits = { firstTokenMs: 5000, betweenChunksMs: 60, whileReasoningMs: 5000 }
    await using bench = await openChatBench(() => [...words('then'), step.wait(gate().opened)], {
      silenceLimits: limits,
    })
    await (
      await bench.send('hi')
    ).finished
    expect(await bench.answer()).toMatchObject({
      text: 'then',
      message: { metadata: { status: 'failed', error: { code: 'model-silent' } } },
    })
    await (
      await bench.firstStreamed()
    ).whenAborted
  })

  it('skips one unreadable frame', async () => {
    await using bench = await openChatBench(() => [...words('a'), step.malformed(), ...words('b')])
    await (
      await bench.send('hi')
    ).finished
    expect(await bench.answer()).toMatchObject({
      text: 'ab',
      message: { metadata: { status: 'done' } },
    })
  })
})

describe('text', () => {
  it('arrives as it was sent, however its bytes are split', async () => {
    const text = '中文 🎉 \r\n a\rb \u2028 data: x\n\nid: 7\n end'
    await using bench = await openChatBench(() => [
      step.split(1),
      ...Array.from(text, (character) => step.text(character)),
    ])
    const { run, finished } = await bench.send('hi')
    expect(textOfEvents(await bench.events(run.id))).toBe(text)
    await finished
    expect((await bench.answer()).text).toBe(text)
  })

  it('of megabytes in one delta is split into many events, between characters', async () => {
    const text = '🎉'.repeat(200_000)
    await using bench = await openChatBench(() => words(text))
    const { run, finished } = await bench.send('hi')
    const events = await bench.events(run.id)
    await finished
    expect(textOfEvents(events)).toBe(text)
    expect(
      Math.max(
        ...events.map((event) =>
          'chunk' in event && 'delta' in event.chunk ? event.chunk.delta.length : 0,
        ),
      ),
    ).toBeLessThanOrEqual(64 * 1024)
  })
})

describe('going on and starting over', () => {
  it('continues a cut answer in the same part of the same message', async () => {
    let answers = 0
    await using bench = await openChatBench(() =>
      answers++ === 0 ? [...words('The quick'), step.eof()] : words(' brown', ' fox'),
    )
    await (
      await bench.send('hi')
    ).finished
    const cut = await bench.answer()
    const { run, finished } = await bench.request({
      trigger: 'continue-message',
      messageId: cut.message.id,
    })
    expect(textOfEvents(await bench.events(run.id))).toBe('The quick brown fox')
    await finished
    const { message } = await bench.answer()
    expect(message.id).toBe(cut.message.id)
    expect(message.parts).toEqual([{ type: 'text', text: 'The quick brown fox', state: 'done' }])
    expect(message.metadata?.status).toBe('done')
  })

  it('regenerates beside the old answer, which stays', async () => {
    await using bench = await openChatBench(() => words('answer'))
    await (
      await bench.send('hi')
    ).finished
    const first = await bench.answer()
    await (
      await bench.request({ trigger: 'regenerate-message', messageId: first.message.id })
    ).finished
    const second = await bench.answer()
    expect(second.message.id).not.toBe(first.message.id)
    expect(
      await bench.services.db.messages.get({ userId, chatId, messageId: first.message.id }),
    ).toBeDefined()
  })

  it('refuses to continue a whole answer', async () => {
    await using bench = await openChatBench(() => words('whole'))
    await (
      await bench.send('hi')
    ).finished
    const { message } = await bench.answer()
    await expect(
      bench.request({ trigger: 'continue-message', messageId: message.id }),
    ).rejects.toMatchObject({ code: 'invalid-request' })
  })
})

describe('what cannot be sent', () => {
  it.each([
    [
      'no text',
      { message: { id: 'm', role: 'user', parts: [{ type: 'text', text: '  ' }] } },
      'empty-message',
    ],
    ['no user message', { messages: [{ role: 'assistant', parts: [] }] }, 'empty-message'],
    [
      'too long a text',
      { message: { id: 'm', role: 'user', parts: [{ type: 'text', text: 'x'.repeat(32_001) }] } },
      'message-too-long',
    ],
    [
      'an unknown model',
      {
        message: { id: 'm', role: 'user', parts: [{ type: 'text', text: 'x' }] },
        model: { provider: 'default', id: 'none' },
      },
      'unknown-model',
    ],
    [
      'a foreign answer to continue',
      { trigger: 'continue-message', messageId: 'none' },
      'not-found',
    ],
  ])('%s stores nothing', async (_, body, code) => {
    await using bench = await openChatBench(() => words('never'))
    await expect(bench.request(body)).rejects.toMatchObject({ code })
    expect(await bench.services.db.chats.get({ userId, chatId })).toBeUndefined()
    expect(bench.streamed()).toHaveLength(0)
  })

  it('another user’s chat is not found, and untouched', async () => {
    await using bench = await openChatBench(() => words('mine'))
    await (
      await bench.send('hi')
    ).finished
    await expect(bench.send('intrusion', { userId: 'user-2' })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await bench.messages()).toHaveLength(2)
  })

  it('refuses runs while the server is leaving, and interrupts those that do not end in time', async () => {
    await using bench = await openChatBench(() => [...words('so far'), step.wait(gate().opened)])
    const { run, finished } = await bench.send('hi')
    await expect
      .poll(async () => (await bench.services.streamLog.head(run.id))?.seq)
      .toBeGreaterThanOrEqual(3)
    const drained = bench.services.activeRuns.drain(20)
    await expect(bench.send('too late', { chatId: 'chat-2' })).rejects.toMatchObject({
      code: 'shutting-down',
    })
    await Promise.all([drained, finished])
    expect(await bench.answer()).toMatchObject({
      text: 'so far',
      message: { metadata: { status: 'interrupted' } },
    })
  })
})
