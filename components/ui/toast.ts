import type { ExternalToast } from 'sonner'

type Options = Pick<ExternalToast, 'description' | 'action' | 'duration'>
type Toast = { kind: 'message' | 'error'; text: string; options: Options | undefined }

const waiting: Toast[] = []
const listeners = new Set<() => void>()

/** A short confirmation, out of the way. What failed stands where it failed, not here. */
export function showToast(text: string, options?: Options): void {
  add({ kind: 'message', text, options })
}

/** What went wrong with something that has no place of its own on the page. */
export function showErrorToast(text: string): void {
  add({ kind: 'error', text, options: undefined })
}

/** Whether a toast was ever asked for: their library is loaded then, not before. */
export const toastsWanted = {
  subscribe: (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  },
  get: () => waiting.length > 0,
}

/** Takes those that wait. */
export function takeToasts(): Toast[] {
  return waiting.splice(0)
}

function add(toast: Toast): void {
  waiting.push(toast)
  for (const listener of listeners) listener()
}
