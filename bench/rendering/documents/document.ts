import { mixedPieces } from './mixed'
import { shapes, type Shape } from './shapes'
import { createWriter } from './writer'

export type DocumentKind = 'mixed' | Shape

export type Document = {
  kind: DocumentKind
  text: string
  /** Words of its own that stand in the text in this order; whoever shows the document shows them all. */
  marks: readonly string[]
}

/** A document of at least so many bytes, and less than one piece more: the same in every run. */
export function createDocument(kind: DocumentKind, bytes: number): Document {
  const writer = createWriter()
  const text = kind === 'mixed' ? fill(mixedPieces(writer), bytes) : shapes[kind](writer, bytes)
  return { kind, text, marks: writer.marks }
}

function fill(pieces: Generator<string>, bytes: number): string {
  let text = ''
  while (Buffer.byteLength(text) < bytes) text += pieces.next().value
  return text
}

/** About four tokens: what a fast model sends between two frames. */
const chunkLength = 16

/** The text in pieces as they would come, never cut inside a character. */
export function chunksOf(text: string): string[] {
  const characters = Array.from(text)
  const chunks: string[] = []
  for (let index = 0; index < characters.length; index += chunkLength)
    chunks.push(characters.slice(index, index + chunkLength).join(''))
  return chunks
}
