import { describe, expect, it } from 'vitest'
import { letters, shortcutOf } from './shortcut-of'
import { keysOf, shortcutTable } from './shortcut-table'

const press = (key: string, held: string[] = [], more = {}) => ({
  key,
  keyCode: 0,
  isComposing: false,
  ctrlKey: held.includes('ctrl'),
  metaKey: held.includes('meta'),
  altKey: held.includes('alt'),
  shiftKey: held.includes('shift'),
  ...more,
})

describe('a shortcut', () => {
  it('is the platform’s own key, and not the other’s', () => {
    expect(shortcutOf(press('k', ['meta']), true, true)).toBe('search')
    expect(shortcutOf(press('k', ['ctrl']), true, true)).toBeUndefined()
    expect(shortcutOf(press('k', ['ctrl']), false, true)).toBe('search')
    expect(shortcutOf(press('k', ['meta']), false, true)).toBeUndefined()
  })

  it.each(Object.entries(letters))(
    '%s is %s with both keys held, and nothing without',
    (key, name) => {
      expect(shortcutOf(press(key.toUpperCase(), ['alt', 'shift']), false, true)).toBe(name)
      expect(shortcutOf(press(key, ['ctrl', 'shift']), true, true)).toBe(name)
      expect(shortcutOf(press(key, ['alt']), false, true)).toBeUndefined()
      expect(shortcutOf(press(key, ['shift']), false, false)).toBeUndefined()
      expect(shortcutOf(press(key, ['ctrl', 'shift']), false, true)).toBeUndefined()
      expect(shortcutOf(press(key, ['alt', 'ctrl', 'shift']), false, true)).toBeUndefined()
    },
  )

  it('is a question mark where nobody types, and a question mark where somebody does', () => {
    expect(shortcutOf(press('?', ['shift']), false, false)).toBe('shortcuts')
    expect(shortcutOf(press('?', ['shift']), false, true)).toBeUndefined()
  })

  it('is none while a word is being composed', () => {
    expect(shortcutOf(press('k', ['ctrl'], { isComposing: true }), false, true)).toBeUndefined()
    expect(shortcutOf(press('k', ['meta'], { keyCode: 229 }), true, true)).toBeUndefined()
  })

  it('stands in the table as it is pressed', () => {
    const inTable = shortcutTable.map(({ command }) => command).toSorted()
    expect(inTable).toEqual([...Object.values(letters), 'search', 'shortcuts'].toSorted())
    expect(keysOf('search', true)).toEqual(['⌘', 'K'])
    expect(keysOf('search', false)).toEqual(['Ctrl', 'K'])
    expect(keysOf('newChat', true)).toEqual(['⌃', '⇧', 'O'])
    expect(keysOf('newChat', false)).toEqual(['Alt', 'Shift', 'O'])
    expect(keysOf('shortcuts', true)).toEqual(['?'])
  })
})
