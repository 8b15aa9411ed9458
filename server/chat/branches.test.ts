import { describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import type { LiveEvent } from '@/shared/chat/live-event'
import { messageText } from '@/shared/chat/message-text'
import { removeBranch, restoreBranch, selectBranch } from './branches'
import { loadChat } from './load-chat'
import type { StartedRun } from './launch-run'
import { chatId, openChatBench, userId, type ChatBench } from './testing/chat-bench'

const chat = { userId, chatId }

function edit(bench: ChatBench, id: string, parentId: string | null) {
  const parts = [{ type: 'text', text: `Text of ${id}` }]
  return bench.request({ message: { id, role: 'user', parts }, parentId })
}

async function say(bench: ChatBench, id: string): Promise<string> {
  await (
    await bench.send(`Text of ${id}`, { id })
  ).finished
  return (await bench.answer()).message.id
}

async function forksOf({ services }: ChatBench) {
  return (await loadChat({ services, ...chat }))?.forks
}

/** Says `Half` and waits, the first time; later answers are whole. */
function heldOnce() {
  const held = gate()
  let asked = 0
  return {
    open: held.open,
    scenario: () => {
      asked += 1
      return asked === 1 ? [step.text('Half'), step.wait(held.opened)] : [step.text('Whole')]
    },
  }
}

/** Until something of the answer is in the log. */
async function untilHalf({ services }: ChatBench, { run }: StartedRun): Promise<void> {
  await expect
    .poll(async () => (await services.streamLog.head(run.id))?.seq)
    .toBeGreaterThanOrEqual(3)
}

describe('an edited message', () => {
  it('is answered beside the one it replaces', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    await say(bench, 'one')
    await (
      await edit(bench, 'two', null)
    ).finished

    expect((await bench.messages()).map(messageText)).toEqual(['Text of two', 'Yes'])
    expect(await forksOf(bench)).toEqual([['one', 'two']])
  })

  it('row 27: ends the answer being written first, which stays on its branch', async () => {
    const { scenario } = heldOnce()
    await using bench = await openChatBench(scenario)
    const first = await bench.send('Text of one', { id: 'one' })
    await untilHalf(bench, first)
    const second = await edit(bench, 'two', null)
    await Promise.all([first.finished, second.finished])

    expect((await bench.messages()).map(messageText)).toEqual(['Text of two', 'Whole'])
    const before = await selectBranch({ services: bench.services, ...chat, messageId: 'one' })
    expect(before.messages.map(messageText)).toEqual(['Text of one', 'Half'])
    expect(before.messages.at(-1)?.metadata?.status).toBe('stopped')
  })

  it('sent again after a lost response ends nothing that was begun since', async () => {
    const held = gate()
    await using bench = await openChatBench(({ body }) =>
      JSON.stringify(body).includes('three')
        ? [step.text('Half'), step.wait(held.opened)]
        : [step.text('Yes')],
    )
    await say(bench, 'one')
    await (
      await edit(bench, 'two', null)
    ).finished
    const running = await bench.send('Text of three', { id: 'three' })
    await untilHalf(bench, running)
    const again = await edit(bench, 'two', null)

    expect(again.run.status).toBe('done')
    held.open()
    await running.finished
    expect((await bench.answer()).message.metadata?.status).toBe('done')
  })

  it('follows only what is in the chat, and nothing else takes a parent', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const answerId = await say(bench, 'one')

    await expect(edit(bench, 'two', 'nowhere')).rejects.toMatchObject({ code: 'not-found' })
    await expect(
      bench.request({ trigger: 'regenerate-message', messageId: answerId, parentId: 'one' }),
    ).rejects.toMatchObject({ code: 'invalid-request' })
    expect(await forksOf(bench)).toBeUndefined()
  })
})

describe('two tabs at once', () => {
  it('that edit different messages both keep theirs, one answered after the other', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const answerId = await say(bench, 'one')
    await say(bench, 'two')

    const started = await Promise.all([
      edit(bench, 'one-b', null),
      edit(bench, 'two-b', answerId),
      edit(bench, 'two-c', answerId),
    ])
    await Promise.all(started.map(({ finished }) => finished))

    const ofFirst = await selectBranch({ services: bench.services, ...chat, messageId: 'one-b' })
    expect(ofFirst.messages[0]?.id).toBe('one-b')
    const ofSecond = await selectBranch({ services: bench.services, ...chat, messageId: 'two-b' })
    expect(ofSecond.messages.map(({ id }) => id).slice(0, 3)).toEqual(['one', answerId, 'two-b'])
    expect(ofSecond.activeRunId).toBeNull()
  })

  it('of which one edits and one asks for another answer both get theirs', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const answerId = await say(bench, 'one')

    const started = await Promise.all([
      edit(bench, 'two', null),
      bench.request({ trigger: 'regenerate-message', messageId: answerId }),
    ])
    await Promise.all(started.map(({ finished }) => finished))

    expect(new Set(started.map(({ run }) => run.id)).size).toBe(2)
    const { db } = bench.services
    for (const { run } of started)
      expect((await db.runs.find({ runId: run.id }))?.status).toMatch(/^(done|stopped)$/)
    expect(await db.messages.get({ ...chat, messageId: 'two' })).toBeDefined()
    expect(await db.messages.get({ ...chat, messageId: answerId })).toBeDefined()
  })
})

describe('going to another branch', () => {
  it('is told to the other tabs, and ends no answer', async () => {
    const { scenario, open } = heldOnce()
    await using bench = await openChatBench(scenario)
    const { services } = bench
    const first = await bench.send('Text of one', { id: 'one' })
    await untilHalf(bench, first)
    const events = heard(bench)

    const detail = await selectBranch({ services, ...chat, messageId: 'one' })
    expect(detail.activeRunId).toBe(first.run.id)
    expect(detail).not.toHaveProperty('activeElsewhere')
    expect(events).toContainEqual({
      type: 'branch-selected',
      chatId,
      leafId: first.run.messageId,
    })
    open()
    await first.finished
    expect((await bench.answer()).message.metadata?.status).toBe('done')
  })

  it('says that an answer is being written on another one', async () => {
    const held = gate()
    await using bench = await openChatBench(({ body }) =>
      JSON.stringify(body).includes('Text of two')
        ? [step.text('Half'), step.wait(held.opened)]
        : [step.text('Yes')],
    )
    const { services } = bench
    await say(bench, 'one')
    const second = await edit(bench, 'two', null)

    const first = await selectBranch({ services, ...chat, messageId: 'one' })
    expect(first).toMatchObject({ activeRunId: second.run.id, activeElsewhere: true })
    held.open()
    await second.finished
    expect(await loadChat({ services, ...chat })).not.toHaveProperty('activeElsewhere')
    expect((await bench.answer()).text).toBe('Yes')
  })

  it('is refused for what is not there, and to others', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const { services } = bench
    await say(bench, 'one')
    const events = heard(bench)

    for (const wrong of [{ messageId: 'nowhere' }, { chatId: 'nowhere' }, { userId: 'user-2' }])
      await expect(
        selectBranch({ services, ...chat, messageId: 'one', ...wrong }),
      ).rejects.toMatchObject({ code: 'not-found' })
    expect(events).toEqual([])
  })
})

describe('deleting a branch', () => {
  it('shows the one beside it, and can be undone', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const { services } = bench
    await say(bench, 'one')
    await (
      await edit(bench, 'two', null)
    ).finished
    const events = heard(bench)

    const removed = await removeBranch({ services, ...chat, messageId: 'two' })
    expect(removed.messages[0]?.id).toBe('one')
    expect(removed).not.toHaveProperty('forks')
    const restored = await restoreBranch({ services, ...chat, messageId: 'two' })
    expect(restored.messages[0]?.id).toBe('two')
    expect(restored.forks).toEqual([['one', 'two']])
    expect(events.map(({ type }) => type)).toEqual(['branch-selected', 'branch-selected'])
  })

  it('is for good an hour later', async () => {
    let now = 1_000
    await using bench = await openChatBench(() => [step.text('Yes')], { now: () => now })
    const { services } = bench
    await say(bench, 'one')
    const answerId = (await bench.answer()).message.id
    await say(bench, 'two')
    await say(bench, 'three')
    await removeBranch({ services, ...chat, messageId: 'three' })
    now += 61 * 60_000
    await removeBranch({ services, ...chat, messageId: 'two' })

    await expect(restoreBranch({ services, ...chat, messageId: 'three' })).rejects.toMatchObject({
      code: 'not-found',
    })
    const restored = await restoreBranch({ services, ...chat, messageId: 'two' })
    expect(restored.messages.map(({ id }) => id).slice(0, 3)).toEqual(['one', answerId, 'two'])
  })

  it('waits until nothing is written in it, and leaves the chat its first message', async () => {
    const { scenario, open } = heldOnce()
    await using bench = await openChatBench(scenario)
    const { services } = bench
    const first = await bench.send('Text of one', { id: 'one' })
    await untilHalf(bench, first)

    const remove = () => removeBranch({ services, ...chat, messageId: 'one' })
    await expect(remove()).rejects.toMatchObject({ code: 'chat-busy' })
    open()
    await first.finished
    await expect(remove()).rejects.toMatchObject({ code: 'invalid-request' })
  })

  it('ends what a process that is gone left written in it', async () => {
    await using bench = await openChatBench(() => [step.text('Yes')])
    const { services } = bench
    await say(bench, 'one')
    await say(bench, 'two')
    const dead = { runId: 'dead', answerId: 'dead', requestKey: 'dead', instance: 'elsewhere/1' }
    const model = { provider: 'default', id: 'test-model' }
    await services.db.runs.begin({
      ...chat,
      ...dead,
      kind: 'regenerate',
      messageId: 'two',
      model,
      now: 1,
    })

    const left = await removeBranch({ services, ...chat, messageId: 'two' })
    expect(left.messages.map(messageText)).toEqual(['Text of one', 'Yes'])
    expect((await services.db.runs.find({ runId: 'dead' }))?.status).toBe('interrupted')
  })
})

function heard({ services }: ChatBench): LiveEvent[] {
  const events: LiveEvent[] = []
  services.liveEvents.subscribe(userId, {
    signal: new AbortController().signal,
    listener: (event) => void events.push(event),
  })
  return events
}
