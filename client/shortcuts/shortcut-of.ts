/** What a key can do. The names are keys of the texts under `shortcuts`. */
export type Command =
  | 'search'
  | 'newChat'
  | 'composer'
  | 'stop'
  | 'copyAnswer'
  | 'copyCode'
  | 'quote'
  | 'sidebar'
  | 'previousChat'
  | 'nextChat'
  | 'shortcuts'

/** The part of the table that every page has: letters with Alt and Shift, or Control and Shift on a Mac. */
export const letters: Readonly<Record<string, Command>> = {
  o: 'newChat',
  m: 'composer',
  x: 'stop',
  c: 'copyAnswer',
  z: 'copyCode',
  v: 'quote',
  s: 'sidebar',
  q: 'previousChat',
  w: 'nextChat',
}

export function isMac(): boolean {
  return /^(Mac|iP)/.test(navigator.platform)
}

type Keys = Pick<
  KeyboardEvent,
  'key' | 'keyCode' | 'isComposing' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'
>

/** The command of a key press; none while a word is being composed. `?` counts only where nobody is typing. */
export function shortcutOf(keys: Keys, mac: boolean, isTyping: boolean): Command | undefined {
  const { ctrlKey: control, metaKey: meta, altKey: alt, shiftKey: shift } = keys
  const key = keys.key.toLowerCase()
  if (keys.isComposing || keys.keyCode === 229) return undefined
  if (key === 'k' && !alt && !shift)
    return (mac ? meta && !control : control && !meta) ? 'search' : undefined
  if (key === '?' && !control && !meta && !alt && !isTyping) return 'shortcuts'
  const isLetter = shift && !meta && (mac ? control && !alt : alt && !control)
  return isLetter && Object.hasOwn(letters, key) ? letters[key] : undefined
}
