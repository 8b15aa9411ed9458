import { describe, expect, it } from 'vitest'
import type { SettingsChange } from '@/shared/settings/user-settings'
import { changeSettings } from '../user-settings/change-settings'
import { step } from '@/e2e/upstream/steps'
import { openChatBench, userId, type ChatBench } from './testing/chat-bench'

const aboutUser = 'I teach physics in 北京.'

function choose({ services }: ChatBench, values: SettingsChange) {
  return changeSettings({ services, userId, values })
}

describe('instructions', () => {
  it('reach the model before the conversation, as its system message', async () => {
    await using bench = await openChatBench(() => [step.text('Hello')])
    await choose(bench, { aboutUser, answerStyle: 'Be brief.' })

    await (
      await bench.send('Who am I?')
    ).finished

    expect(bench.streamed()[0]?.body['messages']).toEqual([
      {
        role: 'system',
        content: `What the user says about themselves:\n${aboutUser}\n\nHow the user wants you to answer:\nBe brief.`,
      },
      { role: 'user', content: 'Who am I?' },
    ])
  })

  it('are those of the moment when the run starts, and nobody else’s', async () => {
    await using bench = await openChatBench(() => [step.text('Hello')])
    await (
      await bench.send('One')
    ).finished
    await choose(bench, { aboutUser })
    await (
      await bench.send('Two')
    ).finished
    await choose(bench, { instructionsOn: false })
    await (
      await bench.send('Three')
    ).finished
    await choose(bench, { instructionsOn: true })
    await (
      await bench.send('Four', { userId: 'somebody else', chatId: 'another' })
    ).finished

    const told = bench.streamed().map(({ body }) => JSON.stringify(body).includes('physics'))
    expect(told).toEqual([false, true, false, false])
  })

  it('that cannot be read fail the answer, which still has a beginning and an end', async () => {
    await using bench = await openChatBench(() => [step.text('Hello')])
    bench.services.db.userSettings.get = () => Promise.reject(new Error('no such luck'))

    const { run, finished } = await bench.send('Who am I?')
    await finished
    const events = await bench.events(run.id)
    expect(events[0]).toMatchObject({ chunk: { type: 'start', messageId: run.messageId } })
    expect(events.at(-1)).toMatchObject({ end: 'failed' })
    expect(bench.streamed()).toEqual([])
  })

  it('are not part of the chat, nor of what its title is asked of', async () => {
    await using bench = await openChatBench(() => [step.text('Hello')])
    await choose(bench, { aboutUser })

    await (
      await bench.send('Who am I?')
    ).finished

    expect(JSON.stringify(await bench.messages())).not.toContain('physics')
    const titled = bench.upstream.requests.filter(({ body }) => body['stream'] !== true)
    expect(JSON.stringify(titled.map(({ body }) => body))).not.toContain('physics')
  })
})
