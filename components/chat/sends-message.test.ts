import type { KeyboardEvent } from 'react'
import { expect, it } from 'vitest'
import type { SendKey } from '@/client/preferences/use-send-key'
import { sendsMessage } from './sends-message'

type Stroke = Partial<Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'keyCode'>>

/** Without a browser there are no such events: this is all of one that is looked at. */
function sends(sendKey: SendKey, stroke: Stroke = {}, isComposing = false): boolean {
  const event = { key: 'Enter', keyCode: 13, ...stroke, nativeEvent: { isComposing } }
  return sendsMessage(event as KeyboardEvent, sendKey)
}

it('Enter sends, and breaks the line where Ctrl or ⌘ has to be held', () => {
  expect(sends('enter')).toBe(true)
  expect(sends('mod-enter')).toBeFalsy()
  expect(sends('mod-enter', { ctrlKey: true })).toBe(true)
  expect(sends('mod-enter', { metaKey: true })).toBe(true)
})

it('Shift and Enter never send, nor does another key', () => {
  expect(sends('enter', { shiftKey: true })).toBe(false)
  expect(sends('mod-enter', { key: 'a', ctrlKey: true })).toBe(false)
})

it.each(['enter', 'mod-enter'] as const)('a composition that ends sends nothing: %s', (sendKey) => {
  expect(sends(sendKey, { ctrlKey: true }, true)).toBe(false)
  expect(sends(sendKey, { ctrlKey: true, keyCode: 229 })).toBe(false)
})
