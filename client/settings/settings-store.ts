import type { Problem } from '@/shared/errors/problem'
import { problemOf } from '../api/http'
import type { Timers } from '../stream/timers'

/** How the last change stands. What failed is kept, shown, and sent along with the next one. */
export type Saving =
  | { status: 'none' | 'saving' | 'saved' }
  | { status: 'failed'; problem: Problem }

export type SettingsSnapshot<Settings> = {
  /** With all changes of this tab, the unsaved included. Missing until they were seeded or loaded. */
  readonly settings: Settings | undefined
  readonly saving: Saving
}

/** Settings of any kind that are changed in several tabs, each by its name. */
export type SettingsStore<Settings, Change> = {
  getSnapshot: () => SettingsSnapshot<Settings>
  subscribe: (listener: () => void) => () => void
  /** The server-rendered settings; only the first count. */
  seed: (settings: Settings) => void
  /** Shows the change at once and saves it. */
  change: (change: Change) => void
  /** The same for what is being typed: it is saved when it rests. */
  type: (change: Change) => void
  /** Saves now what waits: what was typed, or what failed. */
  flush: () => void
  /** Something changed elsewhere. */
  refresh: () => Promise<void>
}

type Options<Settings, Change> = {
  load: () => Promise<Settings>
  save: (change: Change) => Promise<Settings>
  /** Makes the page what they say. */
  show: (settings: Settings) => void
  /** They are what the server has. */
  onStored: (settings: Settings) => void
  timers: Timers
}

const typingMs = 700

export function createSettingsStore<Settings extends Change, Change extends object>({
  load,
  save,
  show,
  onStored,
  timers,
}: Options<Settings, Change>): SettingsStore<Settings, Change> {
  const listeners = new Set<() => void>()
  let stored: Settings | undefined
  let waiting: Change | undefined
  let sending: Change | undefined
  let saving: Saving = { status: 'none' }
  let cancelTimer = () => {}
  let snapshot: SettingsSnapshot<Settings> = { settings: undefined, saving }

  function tell() {
    const settings = stored && { ...stored, ...sending, ...waiting }
    snapshot = { settings, saving }
    for (const listener of listeners) listener()
    return settings
  }

  function tellAndShow() {
    const settings = tell()
    if (settings) show(settings)
  }

  function flush() {
    cancelTimer()
    if (sending || !waiting) return
    sending = waiting
    waiting = undefined
    saving = { status: 'saving' }
    tell()
    void send(sending)
  }

  async function send(change: Change) {
    try {
      stored = await save(change)
      saving = { status: 'saved' }
    } catch (error) {
      const problem = problemOf(error)
      saving = { status: 'failed', problem }
      // What the server will never take is given up; what did not reach it is kept.
      if (problem.status !== 400) waiting = { ...change, ...waiting }
    }
    const isNewer = saving.status === 'saved' && waiting !== undefined
    sending = undefined
    tellAndShow()
    if (stored && saving.status === 'saved') onStored(stored)
    if (isNewer) flush()
  }

  return {
    getSnapshot: () => snapshot,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    seed: (settings) => {
      if (stored) return
      stored = settings
      tell()
    },
    change: (change) => {
      waiting = { ...waiting, ...change }
      tellAndShow()
      flush()
    },
    type: (change) => {
      waiting = { ...waiting, ...change }
      tell()
      cancelTimer()
      cancelTimer = timers.after(typingMs, flush)
    },
    flush,
    refresh: async () => {
      const loaded = await load()
      stored = loaded
      tellAndShow()
      onStored(loaded)
    },
  }
}
