import { type Command, letters } from './shortcut-of'

/** All shortcuts, in the order in which they are shown. */
export const shortcutTable: readonly { command: Command; group: 'anywhere' | 'chat' }[] = [
  { command: 'search', group: 'anywhere' },
  { command: 'newChat', group: 'anywhere' },
  { command: 'previousChat', group: 'anywhere' },
  { command: 'nextChat', group: 'anywhere' },
  { command: 'sidebar', group: 'anywhere' },
  { command: 'shortcuts', group: 'anywhere' },
  { command: 'composer', group: 'chat' },
  { command: 'stop', group: 'chat' },
  { command: 'copyAnswer', group: 'chat' },
  { command: 'copyCode', group: 'chat' },
  { command: 'quote', group: 'chat' },
]

/** The keys of a command as they are printed on the keyboard. */
export function keysOf(command: Command, mac: boolean): string[] {
  if (command === 'search') return [mac ? '⌘' : 'Ctrl', 'K']
  if (command === 'shortcuts') return ['?']
  const [letter = ''] = Object.entries(letters).find(([, name]) => name === command) ?? []
  return [...(mac ? ['⌃', '⇧'] : ['Alt', 'Shift']), letter.toUpperCase()]
}
