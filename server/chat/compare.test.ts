import { describe, expect, it } from 'vitest'
import { gate, step } from '@/e2e/upstream/steps'
import type { UpstreamRequest } from '@/e2e/upstream/request'
import { messageText } from '@/shared/chat/message-text'
import { attachToRun } from './attach-to-run'
import { selectBranch } from './branches'
import { removeChat } from './change-chat'
import { loadAnswer, loadChat } from './load-chat'
import { queueMessage } from './queue'
import { stopRun } from './stop-run'
import { chatId, openChatBench, userId, type ChatBench } from './testing/chat-bench'

const chat = { userId, chatId }
const model = { provider: 'default', id: 'test-model' }
const other = { provider: 'default', id: 'test-reasoner' }

const nameModel = ({ body }: UpstreamRequest) => [step.text(`By ${String(body['model'])}`)]

function compare(bench: ChatBench, more: object = {}) {
  const message = { id: 'question', role: 'user', parts: [{ type: 'text', text: 'Why?' }] }
  return bench.request({ message, model, compareWith: [other], ...more })
}

function see({ services }: ChatBench) {
  return loadChat({ services, ...chat })
}

async function answerIds(bench: ChatBench): Promise<readonly string[]> {
  return (await see(bench))?.forks?.[0] ?? []
}

describe('a message to several models', () => {
  it('is answered by each, side by side, the first one selected', async () => {
    await using bench = await openChatBench(nameModel)
    await (
      await compare(bench)
    ).finished
    const seen = await see(bench)
    expect(seen).toMatchObject({ comparing: true, activeRunId: null, model })
    expect(seen?.messages.map(messageText)).toEqual(['Why?', 'By test-model'])
    const [first = '', second = ''] = await answerIds(bench)
    expect(first).toBe(seen?.messages.at(-1)?.id)
    const { services } = bench
    const beside = await loadAnswer({ services, ...chat, answerId: second })
    expect(beside?.messages.map(messageText)).toEqual(['Why?', 'By test-reasoner'])
    expect(await loadAnswer({ services, userId: 'ben', chatId, answerId: second })).toBeUndefined()
  })

  it('sent again after a lost response asks nobody twice', async () => {
    await using bench = await openChatBench(nameModel)
    await (
      await compare(bench)
    ).finished
    await (
      await compare(bench)
    ).finished
    expect(bench.streamed()).toHaveLength(2)
    expect(await answerIds(bench)).toHaveLength(2)
  })

  it('is sent to nobody when one of them is not there', async () => {
    await using bench = await openChatBench(nameModel)
    const gone = { provider: 'nobody', id: 'nothing' }
    await expect(compare(bench, { compareWith: [gone] })).rejects.toMatchObject({
      code: 'unknown-model',
    })
    for (const asked of [model, undefined])
      await expect(compare(bench, { model: asked, compareWith: [model] })).rejects.toMatchObject({
        code: 'invalid-request',
      })
    expect(await see(bench)).toBeUndefined()
    expect(bench.streamed()).toHaveLength(0)
  })

  it('each answer is followed by itself, and the one gone on with as the chat’s', async () => {
    const held = gate()
    await using bench = await openChatBench(({ body }) =>
      body['model'] === other.id
        ? [step.text('Half'), step.wait(held.opened), step.text(' and whole')]
        : [step.text('Done')],
    )
    const { services } = bench
    const { finished } = await compare(bench)
    await expect.poll(async () => (await see(bench))?.activeRunId).toBeNull()
    const [, answerId = ''] = await answerIds(bench)
    const attach = (more: object) => attachToRun({ services, ...chat, lastEventId: null, ...more })
    expect(await attach({})).toBeUndefined()
    expect((await attach({ answerId }))?.run.messageId).toBe(answerId)

    const detail = await selectBranch({ services, ...chat, messageId: answerId })
    const run = (await attach({}))?.run
    expect(run?.messageId).toBe(answerId)
    expect(detail).toMatchObject({ activeRunId: run?.id })
    expect(detail).not.toHaveProperty('comparing')
    await expect(bench.send('Too early')).rejects.toMatchObject({ code: 'chat-busy' })
    await queueMessage({ services, ...chat, id: 'next', text: 'And then?' })
    held.open()
    await finished
    await expect.poll(async () => (await see(bench))?.messages.length).toBe(4)
    await expect.poll(() => bench.streamed().length).toBe(3)
    const asked = JSON.stringify(bench.streamed().at(-1)?.body)
    expect(asked).toContain('Half and whole')
    expect(asked).not.toContain('Done')
  })

  it('one stop stops all that was begun; an answer beside is stopped by itself', async () => {
    for (const stopped of [1, 0]) {
      const held = gate()
      await using bench = await openChatBench(() => [step.text('Half'), step.wait(held.opened)])
      const { services } = bench
      const { finished } = await compare(bench)
      const running = () => services.db.runs.running({ userId, chatIds: [chatId] })
      await expect.poll(() => bench.streamed().length).toBe(2)
      const ids = await answerIds(bench)
      const run = (await running()).find(({ messageId }) => messageId === ids[stopped])
      expect(await stopRun({ services, ...chat, runId: run?.id ?? '' })).toBe(true)
      await expect.poll(async () => (await running()).length).toBe(stopped)
      held.open()
      await finished
    }
  })

  it('none goes on when the chat is removed', async () => {
    const held = gate()
    await using bench = await openChatBench(() => [step.text('Half'), step.wait(held.opened)])
    const { finished } = await compare(bench)
    await bench.firstStreamed()
    await removeChat({ services: bench.services, ...chat })
    await finished
    expect(bench.streamed()).toHaveLength(2)
  })
})
