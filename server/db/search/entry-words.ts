import 'server-only'
import { createHash } from 'node:crypto'
import type { ModelRef } from '@/shared/models/model-catalog'
import { tokenize } from '@/shared/search/tokenize'
import { modelNameOf } from '@/shared/models/model-ref'

/** Whose words they are; a chat's title is nobody's. */
export type EntryRole = 'title' | 'user' | 'assistant'

/** What an entry is found by: facts about it, single characters, and its words in their order. */
export type EntryWords = { facets: string[]; characters: string[]; words: string[] }

/** Postgres tells 16,383 places of words apart, and takes 1 MB of them. What a message says after that is not found. */
const wordsMax = 16_000
const unitsMax = 200_000

export function entryWords(text: string): Omit<EntryWords, 'facets'> {
  const characters = new Set<string>()
  const words: string[] = []
  let units = 0
  for (const { kind, word } of tokenize(text)) {
    if (words.length >= wordsMax || units > unitsMax) break
    units += word.length
    if (kind === 'word') words.push(word)
    else characters.add(word)
  }
  return { characters: [...characters], words }
}

/** Facts are words too, so that the index itself finds what has all of them. They look like no word of a text. */
export const facet = {
  user: (userId: string) => `u${digest(userId)}`,
  role: (role: EntryRole) => `r${role}`,
  /** A title is none. */
  anyMessage: 'rmessage',
  model: (ref: ModelRef) => `m${digest(modelNameOf(ref))}`,
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 20)
}
