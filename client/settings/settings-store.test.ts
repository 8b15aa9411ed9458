import { expect, it } from 'vitest'
import { defaultSettings } from '@/shared/settings/default-settings'
import type { SettingsChange, UserSettings } from '@/shared/settings/user-settings'
import { ProblemError, unreachableProblem } from '../api/http'
import { createFakeTimers } from '../testing/fake-timers'
import { until } from '../testing/until'
import { createSettingsStore } from './settings-store'

/** A store on a server that answers when the test says so. */
function openBench() {
  const clock = createFakeTimers()
  const sent: { change: SettingsChange; answer: (error?: Error) => void }[] = []
  const shown: UserSettings[] = []
  const stored: UserSettings[] = []
  let kept = defaultSettings
  const store = createSettingsStore<UserSettings, SettingsChange>({
    load: () => Promise.resolve(kept),
    save: (change) =>
      new Promise((resolve, reject) => {
        const answer = (error?: Error) => {
          if (error) return reject(error)
          kept = { ...kept, ...change }
          resolve(kept)
        }
        sent.push({ change, answer })
      }),
    show: (settings) => void shown.push(settings),
    onStored: (settings) => void stored.push(settings),
    timers: clock.timers,
  })
  store.seed(defaultSettings)
  return {
    store,
    clock,
    sent,
    shown,
    stored,
    elsewhere: (change: SettingsChange) => (kept = { ...kept, ...change }),
    settings: () => store.getSnapshot().settings,
    status: () => store.getSnapshot().saving.status,
  }
}

const offline = new ProblemError(unreachableProblem)

it('a change is shown before it is saved, and then called saved', async () => {
  const { store, sent, shown, stored, settings, status } = openBench()

  store.change({ textSize: 'large' })
  expect(settings()?.textSize).toBe('large')
  expect(shown.at(-1)?.textSize).toBe('large')
  expect(status()).toBe('saving')
  expect(stored).toEqual([])

  sent[0]?.answer()
  await until(() => status() === 'saved')
  expect(stored.at(-1)?.textSize).toBe('large')
})

it('changes made while one is being saved follow it together', async () => {
  const { store, sent, settings, status } = openBench()

  store.change({ textSize: 'large' })
  store.change({ textSize: 'small' })
  store.change({ motion: 'reduced' })
  expect(sent.map(({ change }) => change)).toEqual([{ textSize: 'large' }])

  sent[0]?.answer()
  await until(() => sent.length === 2)
  expect(settings()).toMatchObject({ textSize: 'small', motion: 'reduced' })
  expect(sent[1]?.change).toEqual({ textSize: 'small', motion: 'reduced' })
  sent[1]?.answer()
  await until(() => status() === 'saved')
})

it('what did not reach the server stays, and is sent again when asked', async () => {
  const { store, sent, settings, status } = openBench()

  store.change({ theme: 'dark' })
  sent[0]?.answer(offline)
  await until(() => status() === 'failed')
  expect(settings()?.theme).toBe('dark')

  store.flush()
  expect(sent[1]?.change).toEqual({ theme: 'dark' })
  sent[1]?.answer()
  await until(() => status() === 'saved')
})

it('what the server refuses is given up, for it would refuse it again', async () => {
  const { store, sent, shown, settings, status } = openBench()
  const refusal = { ...unreachableProblem, status: 400, code: 'invalid-request' }

  store.change({ textSize: 'large' })
  sent[0]?.answer(new ProblemError(refusal))
  await until(() => status() === 'failed')

  expect(settings()?.textSize).toBe('normal')
  expect(shown.at(-1)?.textSize).toBe('normal')
  store.flush()
  expect(sent).toHaveLength(1)
})

it('what is typed is saved when it rests, or when the field is left', async () => {
  const { store, clock, sent, settings } = openBench()

  store.type({ aboutUser: 'I' })
  clock.advance(400)
  store.type({ aboutUser: 'I am' })
  clock.advance(400)
  expect(settings()?.aboutUser).toBe('I am')
  expect(sent).toEqual([])
  clock.advance(400)
  expect(sent.map(({ change }) => change)).toEqual([{ aboutUser: 'I am' }])

  sent[0]?.answer()
  await until(() => store.getSnapshot().saving.status === 'saved')
  store.type({ aboutUser: 'I am here' })
  store.flush()
  expect(sent[1]?.change).toEqual({ aboutUser: 'I am here' })
  expect(clock.pendingCount).toBe(0)
})

it('what another device changed is shown, and takes nothing that is being typed here', async () => {
  const { store, shown, settings, elsewhere } = openBench()
  store.type({ aboutUser: 'I am' })

  elsewhere({ aboutUser: 'You are', textSize: 'large' })
  await store.refresh()

  expect(settings()).toMatchObject({ aboutUser: 'I am', textSize: 'large' })
  expect(shown.at(-1)?.textSize).toBe('large')
})
