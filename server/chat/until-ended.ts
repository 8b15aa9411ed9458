import 'server-only'
import { setTimeout as delay } from 'node:timers/promises'
import type { Services } from '../services'

/** A writer elsewhere that hears of it late stops within its renewal; past that the chat is still busy. */
const waitMsMax = 5000
const pollMs = 25

/** Waits until a run that was stopped has ended, for five seconds at most. */
export async function untilEnded({ db }: Services, runId: string): Promise<void> {
  for (let waitedMs = 0; waitedMs < waitMsMax; waitedMs += pollMs) {
    const run = await db.runs.find({ runId })
    if (run?.status !== 'running') return
    await delay(pollMs)
  }
}
