import type { KeyboardEvent } from 'react'
import type { SendKey } from '@/client/preferences/use-send-key'
import { isComposing } from './is-composing'

/** Whether this key sends what is written. Never one that ends a composition, as of Chinese. */
export function sendsMessage(event: KeyboardEvent, sendKey: SendKey): boolean {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return false
  return sendKey === 'enter' || event.ctrlKey || event.metaKey
}
