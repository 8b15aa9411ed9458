import 'server-only'
import { pseudoText } from '@/shared/i18n/pseudo-text'
import { readSetup } from '../deployment'
import { env } from '../env'

/** Whether pages are shown in the language that only tests of their layout speak. */
export function isPseudo(): boolean {
  return readSetup().ready && env().PSEUDO_LANGUAGE === 'on'
}

/** Messages as the build has compiled them (icu-minify: a text, or an array of texts and `[name, …]`), put into it. */
export function pseudoMessages<Messages extends object>(messages: Messages): Messages {
  return mapValues(messages, ofEntry)
}

function ofEntry(entry: unknown): unknown {
  if (Array.isArray(entry)) return entry.map(ofPiece)
  if (typeof entry === 'object' && entry !== null) return mapValues(entry, ofEntry)
  return ofPiece(entry)
}

/** `[name, kind, choices]` chooses by a number or a word: what it chooses from are pieces again. */
function ofPiece(piece: unknown): unknown {
  if (typeof piece === 'string') return pseudoText(piece)
  if (!Array.isArray(piece)) return piece
  const [name, kind, choices]: unknown[] = piece
  const chooses = typeof choices === 'object' && choices !== null && typeof kind === 'number'
  return chooses && kind < firstFormat ? [name, kind, mapValues(choices, ofEntry)] : piece
}

/** From here on a kind is a format, of numbers or dates. */
const firstFormat = 4

function mapValues<Values extends object>(
  values: Values,
  change: (value: unknown) => unknown,
): Values {
  const entries = Object.entries(values).map(([name, value]) => [name, change(value)])
  return Object.fromEntries(entries)
}
