import { expect, it } from 'vitest'
import type { StreamChunk } from '@/shared/stream/stream-event'
import { WholeCharacters } from './whole-characters'

const text = (delta: string, id = 't'): StreamChunk => ({ type: 'text-delta', id, delta })

function taken(chunks: readonly StreamChunk[]): StreamChunk[] {
  const characters = new WholeCharacters()
  return chunks.flatMap((chunk) => characters.take(chunk))
}

it('joins a pair that was cut, and keeps parts apart', () => {
  expect(
    taken([text('a\ud83d'), text('\ud83d', 'u'), text('\ude00b'), text('\ude01', 'u')]),
  ).toEqual([text('a'), text('😀b'), text('😁', 'u')])
})

it('holds back through any number of pieces, and sends nothing empty', () => {
  expect(taken([text('\ud83d'), text(''), text('\ude00\ud83d'), text('\ude01')])).toEqual([
    text('😀'),
    text('😁'),
  ])
})

it('gives out a half that the part ends with', () => {
  const end: StreamChunk = { type: 'text-end', id: 't' }
  expect(taken([text('a\ud83d'), end])).toEqual([text('a'), text('\ud83d'), end])
})
