import { expect, it, vi } from 'vitest'
import { createMemoryStreamLog } from '../stream-log/memory'
import { runFrames } from './run-frames'

async function framesOf(log: ReturnType<typeof createMemoryStreamLog>): Promise<Uint8Array[]> {
  const signal = new AbortController().signal
  return Array.fromAsync(runFrames('run-1', log.read('run-1', { after: 0, signal })))
}

/** Whatever else runs in the process may encode things of its own. */
function isDelta(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'delta' in value
}

it('row 23: encodes a live event once, however many read it', async () => {
  const stringify = vi.spyOn(JSON, 'stringify')
  const log = createMemoryStreamLog()
  const writer = await log.open('run-1')
  const readers = Array.from({ length: 1000 }, () => framesOf(log))
  for (const delta of ['a', 'b', 'c']) {
    writer?.append({ type: 'text-delta', id: 't', delta })
    await new Promise(setImmediate)
  }
  await writer?.close('done')
  const [first, ...others] = await Promise.all(readers)
  const encoded = stringify.mock.calls.filter(([value]) => isDelta(value))
  expect(encoded).toHaveLength(3)
  expect(first).toHaveLength(4)
  for (const frames of others)
    for (const [index, frame] of frames.entries()) expect(frame).toBe(first?.[index])
})

it('joins the deltas of a replay into few events under the last id', async () => {
  const log = createMemoryStreamLog()
  const writer = await log.open('run-1')
  for (let index = 0; index < 10_000; index++) {
    writer?.append({ type: 'text-delta', id: 't', delta: ' word' })
  }
  await writer?.close('done')
  const text = Buffer.concat(await framesOf(log)).toString()
  expect(text.length).toBeLessThanOrEqual(60 * 1024)
  expect(text).toContain('id: run1.10000\n')
  expect(text.endsWith('id: run1.10001\ndata: [DONE]\n\n')).toBe(true)
})
