import { describe, expect, it } from 'vitest'
import { step } from '@/e2e/upstream/steps'
import type { ChatBeginning } from '@/shared/chat/chat-settings'
import type { LiveEvent } from '@/shared/chat/live-event'
import { defaultParameters } from '@/shared/models/parameters'
import { anyPreset } from '../db/testing/call-everything'
import { presetLibrary as library, putItem, removeItem } from '../library/change-library'
import { changeSettings } from '../user-settings/change-settings'
import { changeParameters, loadChatSettings } from './chat-settings'
import { chatId, openChatBench, userId, type ChatBench } from './testing/chat-bench'

const hello = () => [step.text('Hello')]

async function say(bench: ChatBench, text: string, begin?: ChatBeginning) {
  const message = { id: `m-${text}`, role: 'user', parts: [{ type: 'text', text }] }
  await (
    await bench.request({ message, ...(begin && { begin }) })
  ).finished
}

const settingsOf = ({ services }: ChatBench) => loadChatSettings({ services, userId, chatId })
const lastBody = (bench: ChatBench) => bench.streamed().at(-1)?.body

describe('parameters', () => {
  it('reach the model from the next answer on, and are not in what a title is asked of', async () => {
    await using bench = await openChatBench(hello)
    await say(bench, 'One')
    const { services } = bench
    await changeParameters({
      services,
      userId,
      chatId,
      parameters: { temperature: 0.2, maxOutputTokens: 64, reasoningEffort: 'high' },
    })
    await say(bench, 'Two')

    const [first, second] = bench.streamed().map(({ body }) => body)
    expect(first).not.toHaveProperty('temperature')
    expect(second).toMatchObject({ temperature: 0.2, max_tokens: 64 })
    expect(second).not.toHaveProperty('top_p')
    // It is not known to reason: what it does not take waits for a model that does.
    expect(second).not.toHaveProperty('reasoning_effort')
    const titled = bench.upstream.requests.filter(({ body }) => body['stream'] !== true)
    expect(titled.some(({ body }) => 'temperature' in body)).toBe(false)
  })

  it('are there for the first answer when the first message brings them', async () => {
    await using bench = await openChatBench(hello)
    await say(bench, 'One', { parameters: { topP: 0.4 } })

    expect(lastBody(bench)).toMatchObject({ top_p: 0.4 })
    expect((await settingsOf(bench)).parameters).toEqual({ ...defaultParameters, topP: 0.4 })
  })

  it('of a chat that is there are not changed by a later message', async () => {
    await using bench = await openChatBench(hello)
    await say(bench, 'One')
    await say(bench, 'Two', { parameters: { topP: 0.4 } })

    expect((await settingsOf(bench)).parameters).toEqual(defaultParameters)
  })

  it('are told of to the user’s tabs, without what they are', async () => {
    await using bench = await openChatBench(hello)
    await say(bench, 'One')
    const { services } = bench
    const heard: LiveEvent[] = []
    const listening = new AbortController()
    const { signal } = listening
    services.liveEvents.subscribe(userId, { listener: (event) => void heard.push(event), signal })
    await changeParameters({ services, userId, chatId, parameters: { topP: 1 } })
    listening.abort()

    expect(heard).toEqual([{ type: 'chat-settings-changed', chatId }])
  })

  it('are nobody else’s', async () => {
    await using bench = await openChatBench(hello)
    await say(bench, 'One')
    const foreign = { services: bench.services, userId: 'somebody else', chatId }

    await expect(loadChatSettings(foreign)).rejects.toMatchObject({ code: 'not-found' })
    await expect(changeParameters({ ...foreign, parameters: { topP: 1 } })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

describe('a preset', () => {
  it('gives a new chat its instructions, after the user’s own, and its parameters', async () => {
    await using bench = await openChatBench(hello)
    const { services } = bench
    await changeSettings({ services, userId, values: { answerStyle: 'Be brief.' } })
    await putItem({ services, userId, library, item: anyPreset })
    await say(bench, 'One', { preset: anyPreset.id, parameters: { topP: 0.3 } })

    expect(lastBody(bench)).toMatchObject({
      temperature: 0.2,
      top_p: 0.3,
      messages: [
        {
          role: 'system',
          content: `How the user wants you to answer:\nBe brief.\n\n${anyPreset.instructions}`,
        },
        { role: 'user', content: 'One' },
      ],
    })
  })

  it('names the model where the message names none, while that is at hand', async () => {
    await using bench = await openChatBench(hello)
    const { services } = bench
    const model = { provider: 'default', id: 'test-reasoner' }
    await putItem({ services, userId, library, item: { ...anyPreset, model } })
    await say(bench, 'One', { preset: anyPreset.id })
    expect(lastBody(bench)).toMatchObject({ model: 'test-reasoner' })

    const gone = { provider: 'elsewhere', id: 'gone' }
    await putItem({ services, userId, library, item: { ...anyPreset, id: 'q', model: gone } })
    const parts = [{ type: 'text', text: 'Two' }]
    const message = { id: 'm', role: 'user', parts }
    const started = await bench.request({ id: 'another', message, begin: { preset: 'q' } })
    await started.finished
    expect(lastBody(bench)).toMatchObject({ model: 'test-model' })
  })

  it('that is changed or deleted leaves the chats that began with it as they are', async () => {
    await using bench = await openChatBench(hello)
    const { services } = bench
    const begin = { preset: anyPreset.id }
    await putItem({ services, userId, library, item: anyPreset })
    await say(bench, 'One', begin)
    await putItem({ services, userId, library, item: { ...anyPreset, instructions: 'Others' } })
    await removeItem({ services, userId, library, id: anyPreset.id })
    // The first message once more, as after a lost response.
    await say(bench, 'One', begin)
    await say(bench, 'Two')

    expect(JSON.stringify(lastBody(bench))).toContain(anyPreset.instructions)
    expect(await settingsOf(bench)).toEqual({
      preset: { id: anyPreset.id, name: 'Translator', icon: 'languages' },
      instructions: anyPreset.instructions,
      parameters: anyPreset.parameters,
    })
  })

  it('that there is not, or that is somebody else’s, begins nothing', async () => {
    await using bench = await openChatBench(hello)
    const { services } = bench
    await putItem({ services, userId: 'somebody else', library, item: anyPreset })

    await expect(say(bench, 'One', { preset: anyPreset.id })).rejects.toMatchObject({
      code: 'unknown-preset',
    })
    expect(await services.db.chats.get({ userId, chatId })).toBeUndefined()
  })
})
