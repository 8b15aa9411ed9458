import { rememberCodeWrap } from './preferences'

const listeners = new Set<() => void>()

/**
 * Whether long lines of code wrap, in every block. It stands at the root element, where the server puts it from its
 * cookie and style sheets read it: a change renders no block.
 */
export function codeWraps(): boolean {
  return document.documentElement.dataset['codeWrap'] === 'on'
}

export function setCodeWrap(wraps: boolean): void {
  document.documentElement.dataset['codeWrap'] = wraps ? 'on' : 'off'
  rememberCodeWrap(wraps)
  for (const listener of listeners) listener()
}

export function subscribeToCodeWrap(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
