import { afterEach, expect, it, vi } from 'vitest'
import type { Database } from '../db/database'
import type { RunBeat, RunProgress } from '../db/end-run'
import { Checkpointer, type RunCheckpoints } from './checkpointer'

type Saved = RunProgress | RunBeat

const enough = 3000
let following: RunCheckpoints[] = []

afterEach(async () => {
  await Promise.all(following.map((run) => run.stop()))
  following = []
})

/** A checkpointer whose database is this function. */
function checkpointerOn(checkpointAll: (runs: readonly Saved[]) => Promise<boolean[]>) {
  const runs = { checkpointAll } satisfies Partial<Database['runs']>
  const checkpointer = new Checkpointer({ engine: 'sqlite', runs: runs as Database['runs'] })
  return (runId: string, told: { onLost?: () => void; onError?: () => void } = {}) => {
    const run = checkpointer.follow({
      progress: () => ({ runId, parts: [{ type: 'text', text: runId }], seq: 1, now: 1 }),
      beat: () => ({ runId, now: 1 }),
      onLost: told.onLost ?? (() => undefined),
      onError: told.onError ?? (() => undefined),
    })
    following.push(run)
    return run
  }
}

function idsOf(runs: readonly Saved[]): string[] {
  return runs.map(({ runId }) => runId)
}

it('stores runs that are due together in one go, at most sixteen of them', async () => {
  const calls: Saved[][] = []
  const follow = checkpointerOn((runs) => {
    calls.push([...runs])
    return Promise.resolve(runs.map(() => true))
  })
  for (let index = 0; index < 40; index++) follow(`run${index}`).note(enough)
  await vi.waitFor(() => expect(calls.flat()).toHaveLength(40))
  expect(calls.map((runs) => runs.length)).toEqual([16, 16, 8])
})

it('has stored an answer of a few words after a second', async () => {
  const saved = Promise.withResolvers<number>()
  const follow = checkpointerOn((runs) => {
    if (runs.some((run) => 'parts' in run)) saved.resolve(performance.now())
    return Promise.resolve(runs.map(() => true))
  })
  const begun = performance.now()
  follow('run').note(1)
  const tookMs = (await saved.promise) - begun
  expect(tookMs).toBeGreaterThan(500)
  expect(tookMs).toBeLessThan(1500)
})

it('tells the run that is lost, and no other', async () => {
  const follow = checkpointerOn((runs) =>
    Promise.resolve(idsOf(runs).map((runId) => runId !== 'taken')),
  )
  const lost = vi.fn<() => void>()
  const kept = vi.fn<() => void>()
  follow('kept', { onLost: kept }).note(enough)
  follow('taken', { onLost: lost }).note(enough)
  await vi.waitFor(() => expect(lost).toHaveBeenCalled())
  expect(kept).not.toHaveBeenCalled()
})

it('stores the others although one of them cannot be stored', async () => {
  const saved = new Set<string>()
  const follow = checkpointerOn((runs) => {
    if (idsOf(runs).includes('bad')) return Promise.reject(new Error('cannot be stored'))
    for (const runId of idsOf(runs)) saved.add(runId)
    return Promise.resolve(runs.map(() => true))
  })
  const failed = vi.fn<() => void>()
  for (const runId of ['one', 'bad', 'two']) follow(runId, { onError: failed }).note(enough)
  await vi.waitFor(() => expect([...saved].toSorted()).toEqual(['one', 'two']), 3000)
  expect(failed).toHaveBeenCalled()
})

it('stores nothing once a run has stopped, and waits for what is under way', async () => {
  const held = Promise.withResolvers<void>()
  const calls: string[][] = []
  const follow = checkpointerOn(async (runs) => {
    calls.push(idsOf(runs))
    await held.promise
    return runs.map(() => true)
  })
  const first = follow('first')
  first.note(enough)
  await vi.waitFor(() => expect(calls).toEqual([['first']]))
  const late = follow('late')
  late.note(enough)
  let stopped = false
  const stopping = first.stop().then(() => (stopped = true))
  await late.stop()
  expect(stopped).toBe(false)
  held.resolve()
  await stopping
  expect(calls).toEqual([['first']])
})
