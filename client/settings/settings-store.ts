import type { Problem } from '@/shared/errors/problem'
import type { SettingsChange, UserSettings } from '@/shared/settings/user-settings'
import { ProblemError, unreachableProblem } from '../api/http'
import type { Timers } from '../stream/timers'

/** How the last change stands. What failed is kept, shown, and sent along with the next one. */
export type Saving =
  | { status: 'none' | 'saving' | 'saved' }
  | { status: 'failed'; problem: Problem }

export type SettingsSnapshot = {
  /** With all changes of this tab, the unsaved included. Missing until they were seeded or loaded. */
  readonly settings: UserSettings | undefined
  readonly saving: Saving
}

export type SettingsStore = {
  getSnapshot: () => SettingsSnapshot
  subscribe: (listener: () => void) => () => void
  /** The server-rendered settings; only the first count. */
  seed: (settings: UserSettings) => void
  /** Shows the change at once and saves it. */
  change: (change: SettingsChange) => void
  /** The same for what is being typed: it is saved when it rests. */
  type: (change: SettingsChange) => void
  /** Saves now what waits: what was typed, or what failed. */
  flush: () => void
  /** Something changed elsewhere. */
  refresh: () => Promise<void>
}

type Options = {
  load: () => Promise<UserSettings>
  save: (change: SettingsChange) => Promise<UserSettings>
  /** Makes the page what they say. */
  show: (settings: UserSettings) => void
  /** They are what the server has. */
  onStored: (settings: UserSettings) => void
  timers: Timers
}

const typingMs = 700

export function createSettingsStore({
  load,
  save,
  show,
  onStored,
  timers,
}: Options): SettingsStore {
  const listeners = new Set<() => void>()
  let stored: UserSettings | undefined
  let waiting: SettingsChange = {}
  let sending: SettingsChange | undefined
  let saving: Saving = { status: 'none' }
  let cancelTimer = () => {}
  let snapshot: SettingsSnapshot = { settings: undefined, saving }

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
    if (sending || Object.keys(waiting).length === 0) return
    sending = waiting
    waiting = {}
    saving = { status: 'saving' }
    tell()
    void send(sending)
  }

  async function send(change: SettingsChange) {
    try {
      stored = await save(change)
      saving = { status: 'saved' }
    } catch (error) {
      const problem = error instanceof ProblemError ? error.problem : unreachableProblem
      saving = { status: 'failed', problem }
      // What the server will never take is given up; what did not reach it is kept.
      if (problem.status !== 400) waiting = { ...change, ...waiting }
    }
    const isNewer = saving.status === 'saved' && Object.keys(waiting).length > 0
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
