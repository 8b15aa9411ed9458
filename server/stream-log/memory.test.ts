import { expect, it } from 'vitest'
import type { StreamChunk, StreamEvent } from '@/shared/stream/stream-event'
import { createMemoryStreamLog, type MemoryStreamLogOptions } from './memory'
import { RunLog } from './run-log'
import { describeStreamLog } from './stream-log.contract'

describeStreamLog('memory', () => createMemoryStreamLog())
describeStreamLog('memory, joined in place all the time', () =>
  createMemoryStreamLog({ runBytesMax: 1 }),
)

const text = (delta: string, id = 't'): StreamChunk => ({ type: 'text-delta', id, delta })

async function written(options: MemoryStreamLogOptions, deltas: readonly string[]) {
  const log = createMemoryStreamLog(options)
  const writer = await log.open('run')
  for (const delta of deltas) writer?.append(text(delta))
  return { log, writer }
}

async function firstBatch(
  log: ReturnType<typeof createMemoryStreamLog>,
  after: number,
): Promise<readonly StreamEvent[]> {
  for await (const batch of log.read('run', { after, signal: new AbortController().signal }))
    return batch
  return []
}

it('gives a reader inside a joined entry exactly the rest', async () => {
  const { log } = await written({ runBytesMax: 1 }, ['ab', 'cd', 'ef', 'gh'])
  const rests = await Promise.all([0, 1, 2, 3].map((after) => firstBatch(log, after)))
  expect(rests.map(textOf)).toEqual(['abcdefgh', 'cdefgh', 'efgh', 'gh'])
})

function textOf(events: readonly StreamEvent[]): string {
  return events
    .map((event) => ('chunk' in event && 'delta' in event.chunk ? event.chunk.delta : ''))
    .join('')
}

it('takes little more room than its text once it has ended', async () => {
  const { log, writer } = await written(
    {},
    Array.from({ length: 1000 }, () => 'word '),
  )
  await writer?.close('done')
  expect(log.size().bytes).toBeLessThan(25 * 1000)
  for (const after of [0, 1, 500, 999])
    expect(textOf(await firstBatch(log, after))).toBe('word '.repeat(1000 - after))
})

it('joins nothing to the event that stands for positions nobody has', () => {
  const log = new RunLog()
  log.append(text('ab'))
  log.append(text('cd'))
  log.skipTo(1000)
  for (const delta of ['ef', 'gh', 'ij']) log.append(text(delta))
  log.compact()
  const rest = (after: number) => textOf(log.eventsAfter(after, Number.POSITIVE_INFINITY))
  expect([0, 1, 2, 1000, 1001].map(rest)).toEqual([
    'abcdefghij',
    'cdefghij',
    'efghij',
    'ghij',
    'ij',
  ])
})

it('does not join deltas of different parts', async () => {
  const log = createMemoryStreamLog({ runBytesMax: 1 })
  const writer = await log.open('run')
  for (const id of ['a', 'a', 'b', 'a']) writer?.append(text('x', id))
  const events = await firstBatch(log, 0)
  expect(
    events.map((event) => ('chunk' in event && 'id' in event.chunk ? event.chunk.id : '')),
  ).toEqual(['a', 'b', 'a'])
})

it('joins deltas into entries that stay small enough for one write', async () => {
  const deltas = Array.from({ length: 40 }, () => 'x'.repeat(24 * 1024))
  const { log } = await written({ runBytesMax: 1 }, deltas)
  const events = await firstBatch(log, 0)
  const lengths = events.map((event) =>
    'chunk' in event && 'delta' in event.chunk ? event.chunk.delta.length : 0,
  )
  expect(Math.max(...lengths)).toBeLessThanOrEqual(64 * 1024)
  expect(Math.max(...lengths)).toBeGreaterThan(24 * 1024)
})

it('yields a long replay in bounded batches', async () => {
  const { log, writer } = await written(
    {},
    Array.from({ length: 40 }, () => 'x'.repeat(8 * 1024)),
  )
  await writer?.close('done')
  const lengths: number[] = []
  for await (const batch of log.read('run', { after: 0, signal: new AbortController().signal }))
    lengths.push(textOf(batch).length)
  expect(Math.max(...lengths)).toBeLessThanOrEqual(64 * 1024)
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(40 * 8 * 1024)
})

it('forgets a log some time after its end', async () => {
  const { log, writer } = await written({ keptAfterEndMs: 5 }, ['a'])
  await writer?.close('done')
  expect(await log.head('run')).toBeDefined()
  await expect.poll(() => log.head('run')).toBeUndefined()
})

it('drops the oldest ended logs first when the process holds too much, and never a living one', async () => {
  const log = createMemoryStreamLog({ totalBytesMax: 30_000 })
  for (const runId of ['old', 'newer', 'living']) {
    const writer = await log.open(runId)
    writer?.append(text('x'.repeat(7_000)))
    if (runId !== 'living') await writer?.close('done')
  }
  await log.open('next')
  expect(await log.head('old')).toBeUndefined()
  expect(await log.head('newer')).toBeDefined()
  expect(await log.head('living')).toBeDefined()
})
