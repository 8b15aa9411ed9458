import { expect, it } from 'vitest'
import type { LiveEvent } from '@/shared/chat/live-event'
import { openDatabase } from '../db/database'
import { createMemoryLiveEvents } from '../live-events/memory'
import { changeSettings, loadSettings } from './change-settings'

it('a change is there for the next who asks, and the user’s other tabs are told', async () => {
  await using bench = await openBench()
  const { services, heard } = bench

  const changed = await changeSettings({ services, userId: 'anna', values: { theme: 'dark' } })

  expect(changed).toMatchObject({ theme: 'dark', textSize: 'normal' })
  expect(await loadSettings({ services, userId: 'anna' })).toEqual(changed)
  expect(heard).toEqual([{ type: 'settings-changed' }])
})

it('what the user tells the model is not in what tabs are told', async () => {
  await using bench = await openBench()

  const values = { aboutUser: 'A secret of mine' }
  await changeSettings({ services: bench.services, userId: 'anna', values })

  expect(JSON.stringify(bench.heard)).not.toContain('secret')
})

async function openBench() {
  const db = await openDatabase({ dataDir: ':memory:' })
  const liveEvents = createMemoryLiveEvents()
  const heard: LiveEvent[] = []
  const listening = new AbortController()
  liveEvents.subscribe('anna', {
    listener: (event) => void heard.push(event),
    signal: listening.signal,
  })
  return {
    services: { db, liveEvents, now: () => 1 },
    heard,
    async [Symbol.asyncDispose]() {
      listening.abort()
      await db.close()
    },
  }
}
