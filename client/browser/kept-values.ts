/** The part of `localStorage` that is used. */
export type KeptValues = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** `localStorage` where the browser allows it: what can't be kept is not worth an error. */
export const browserKeptValues: KeptValues = {
  getItem: (key) => attempt((storage) => storage.getItem(key)) ?? null,
  setItem: (key, value) => attempt((storage) => storage.setItem(key, value)),
  removeItem: (key) => attempt((storage) => storage.removeItem(key)),
}

/** Blocked cookies make the very access throw, a full store the writing. */
function attempt<Value>(access: (storage: Storage) => Value): Value | undefined {
  try {
    return typeof window === 'undefined' ? undefined : access(window.localStorage)
  } catch {
    return undefined
  }
}
