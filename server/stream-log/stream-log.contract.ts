import { describe, expect, it } from 'vitest'
import { isEnd, type StreamChunk, type StreamEvent } from '@/shared/stream/stream-event'
import { UnknownRunError, type StreamLog } from './stream-log'

const text = (delta: string): StreamChunk => ({ type: 'text-delta', id: 't', delta })
const never = new AbortController().signal

async function readAll(
  log: StreamLog,
  runId: string,
  after = 0,
  signal = never,
): Promise<StreamEvent[]> {
  const events: StreamEvent[] = []
  for await (const batch of log.read(runId, { after, signal })) events.push(...batch)
  return events
}

function textOf(events: readonly StreamEvent[]): string {
  return events
    .map((event) =>
      'chunk' in event && event.chunk.type === 'text-delta' ? event.chunk.delta : '',
    )
    .join('')
}

/** A small seeded generator (mulberry32), so that a failing schedule can be run again. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What every stream log must do (docs/protocol.md § 3). Each implementation runs this suite. */
export function describeStreamLog(
  name: string,
  create: () => StreamLog | Promise<StreamLog>,
): void {
  describe(`stream log: ${name}`, () => {
    it('replays what was written, then the end', async () => {
      const log = await create()
      const writer = await log.open('run')
      expect(writer?.append(text('a'))).toBe(1)
      expect(writer?.append(text('b'))).toBe(2)
      await writer?.close('done')
      expect(await readAll(log, 'run')).toEqual([
        { seq: 1, chunk: text('a') },
        { seq: 2, chunk: text('b') },
        { seq: 3, end: 'done' },
      ])
    })

    it('gives a run to one writer only', async () => {
      const log = await create()
      const writers = await Promise.all([log.open('run'), log.open('run'), log.open('run')])
      expect(writers.filter(Boolean)).toHaveLength(1)
    })

    it('follows live from any position without a gap or a repeat', async () => {
      const log = await create()
      const writer = await log.open('run')
      for (const letter of 'abc') writer?.append(text(letter))
      const readers = [0, 1, 2, 3].map((after) => readAll(log, 'run', after))
      for (const letter of 'def') {
        writer?.append(text(letter))
        await Promise.resolve()
      }
      await writer?.close('done')
      expect((await Promise.all(readers)).map(textOf)).toEqual(['abcdef', 'bcdef', 'cdef', 'def'])
    })

    it('makes a reader ahead of the log wait for what it has not seen', async () => {
      const log = await create()
      const writer = await log.open('run')
      writer?.append(text('a'))
      const ahead = readAll(log, 'run', 3)
      for (const letter of 'bcde') writer?.append(text(letter))
      await writer?.close('done')
      expect(textOf(await ahead)).toBe('de')
    })

    it('tells position and end', async () => {
      const log = await create()
      expect(await log.head('run')).toBeUndefined()
      const writer = await log.open('run')
      writer?.append(text('a'))
      await writer?.flush()
      expect(await log.head('run')).toEqual({ seq: 1 })
      await writer?.close('interrupted')
      expect(await log.head('run')).toEqual({ seq: 2, end: 'interrupted' })
    })

    it('refuses appends after the end, and ends once', async () => {
      const log = await create()
      const writer = await log.open('run')
      await writer?.close('stopped')
      await writer?.close('done')
      expect(() => writer?.append(text('late'))).toThrow(/ended/)
      expect(await readAll(log, 'run')).toEqual([{ seq: 1, end: 'stopped' }])
    })

    it('cancels the writer, and only a run that is running', async () => {
      const log = await create()
      const writer = await log.open('run')
      expect(writer?.signal.aborted).toBe(false)
      expect(await log.cancel('run')).toBe(true)
      await expect.poll(() => writer?.signal.aborted).toBe(true)
      await writer?.close('stopped')
      expect(await log.cancel('run')).toBe(false)
      expect(await log.cancel('unknown')).toBe(false)
    })

    it('lets a reader go when its signal fires, and leaves the others', async () => {
      const log = await create()
      const writer = await log.open('run')
      const leaving = new AbortController()
      const left = readAll(log, 'run', 0, leaving.signal)
      const staying = readAll(log, 'run')
      writer?.append(text('a'))
      await writer?.flush()
      leaving.abort()
      expect((await left).some(isEnd)).toBe(false)
      writer?.append(text('b'))
      await writer?.close('done')
      expect(textOf(await staying)).toBe('ab')
    })

    it('forgets a run that has ended, and knows it no more', async () => {
      const log = await create()
      const writer = await log.open('run')
      writer?.append(text('a'))
      await writer?.close('stopped')
      await log.forget('run')
      expect(await log.head('run')).toBeUndefined()
      await expect(readAll(log, 'run')).rejects.toThrow(UnknownRunError)
      await log.forget('run')
    })

    it('says when there is no log to read', async () => {
      const log = await create()
      await expect(readAll(log, 'unknown')).rejects.toThrow(UnknownRunError)
    })

    it('keeps text as it is: surrogates, line ends, U+2028, NUL, field names', async () => {
      const log = await create()
      const writer = await log.open('run')
      const parts = [
        '\ud83d',
        '\ude00',
        'a\r\nb\rc\nd',
        '\u2028\u2029',
        '\0',
        'data: x\n\nid: 9',
        '中文',
      ]
      for (const part of parts) writer?.append(text(part))
      await writer?.close('done')
      expect(textOf(await readAll(log, 'run'))).toBe(parts.join(''))
    })

    it.each([1, 2, 3, 4, 5, 6, 7, 8])(
      'never loses or repeats in a race of replay and live, seed %i',
      async (seed) => {
        const random = seeded(seed)
        const log = await create()
        const writer = await log.open('run')
        const letters = Array.from({ length: 300 }, (_, index) =>
          String.fromCodePoint(0x4e00 + index),
        )
        const readers: Promise<string>[] = []
        for (const [index, letter] of letters.entries()) {
          writer?.append(text(letter))
          if (random() < 0.1) {
            const after = Math.floor(random() * (index + 1))
            readers.push(
              readAll(log, 'run', after).then(
                (events) => letters.slice(0, after).join('') + textOf(events),
              ),
            )
          }
          for (let turns = Math.floor(random() * 4); turns > 0; turns--) await Promise.resolve()
          if (random() < 0.05) await new Promise(setImmediate)
        }
        await writer?.close('done')
        expect(new Set(await Promise.all(readers))).toEqual(new Set([letters.join('')]))
      },
    )
  })
}
