import { commonNames } from './common-names'

type Decode = (source: string) => string

let decodeAny: Decode | undefined
let isWanted = false
const listeners = new Set<() => void>()

/**
 * HTML names 2,125 characters, which are 14 KB of a page. Those that people write are always known; the others are loaded
 * when a text has had one, and stand as they were written until then.
 */
export const characterNames = {
  known: (): 'common' | 'all' => (decodeAny ? 'all' : 'common'),
  subscribe: (listener: () => void): (() => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  loadIfWanted: async (): Promise<void> => {
    if (isWanted && !decodeAny) await characterNames.load()
  },
  load: async (): Promise<void> => {
    const { decodeHTMLStrict } = await import('entities/decode')
    if (decodeAny) return
    decodeAny = decodeHTMLStrict
    for (const listener of listeners) listener()
  },
}

/** The character of a reference such as `&eacute;`; nothing for a name that is not known. */
export function namedCharacter(source: string): string | undefined {
  const common = commonNames.get(source.slice(1, -1))
  if (common !== undefined) return common
  isWanted = true
  const decoded = decodeAny?.(source)
  return decoded === source ? undefined : decoded
}
