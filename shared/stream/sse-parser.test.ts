import { describe, expect, it } from 'vitest'
import { createSseByteParser, createSseParser } from './sse-parser'
import { lineEnds, sseVectors } from './testing/sse-vectors'

function recorder() {
  const seen: string[] = []
  const handlers = {
    onEvent: (event: { data: string; id: string; event: string }) => {
      seen.push(`${event.event}#${event.id}=${event.data}`)
    },
    onComment: (comment: string) => void seen.push(`:${comment}`),
    onRetry: (retryMs: number) => void seen.push(`retry ${retryMs}`),
  }
  return { seen, handlers }
}

describe.each(lineEnds)('an event stream with $name', ({ end }) => {
  it.each(sseVectors)('$name, at every split', ({ text, seen: expected, lastEventId }) => {
    const bytes = new TextEncoder().encode(text.replaceAll('\n', end))
    for (let first = 0; first <= bytes.length; first += 1) {
      for (let second = first; second <= bytes.length; second += 1) {
        const { seen, handlers } = recorder()
        const parser = createSseByteParser(handlers)
        parser.feed(bytes.subarray(0, first))
        parser.feed(bytes.subarray(first, second))
        parser.feed(bytes.subarray(second))
        expect(seen).toEqual(expected)
        if (lastEventId !== undefined) expect(parser.lastEventId).toBe(lastEventId)
      }
    }
  })

  it.each(sseVectors)('$name, byte by byte', ({ text, seen: expected }) => {
    const { seen, handlers } = recorder()
    const parser = createSseByteParser(handlers)
    for (const byte of new TextEncoder().encode(text.replaceAll('\n', end))) {
      parser.feed(Uint8Array.of(byte))
    }
    expect(seen).toEqual(expected)
  })
})

describe('createSseParser', () => {
  it('dispatches as soon as a CR ends the event, without waiting for an LF', () => {
    const { seen, handlers } = recorder()
    createSseParser(handlers).feed('data: x\r\r')
    expect(seen).toEqual(['message#=x'])
  })

  it('mixes line ends', () => {
    const { seen, handlers } = recorder()
    createSseParser(handlers).feed('data: a\r\ndata: b\rdata: c\n\r\ndata: d\n\n')
    expect(seen).toEqual(['message#=a\nb\nc', 'message#=d'])
  })

  it('takes time in proportion to the input, in one piece and in small ones', () => {
    const line = `data: ${'x'.repeat(2_000_000)}\n\n`
    const manyLines = 'data: y\n'.repeat(250_000)
    expect(timed(() => feedInPieces(line, 4))).toBeLessThan(3_000)
    expect(timed(() => feedInPieces(manyLines, manyLines.length))).toBeLessThan(3_000)
  })
})

function feedInPieces(text: string, pieceLength: number) {
  const parser = createSseParser(recorder().handlers)
  for (let start = 0; start < text.length; start += pieceLength) {
    parser.feed(text.slice(start, start + pieceLength))
  }
}

function timed(work: () => void): number {
  const startedAt = performance.now()
  work()
  return performance.now() - startedAt
}
