/** What stands at the root element, where the server puts it, and where style sheets and code read it. */
type RootSetting = 'codeWrap' | 'textSize' | 'density' | 'motion' | 'sendKey'

const listeners = new Set<() => void>()

export function rootSetting(name: RootSetting): string | undefined {
  return document.documentElement.dataset[name]
}

/** Renders only what subscribed: most of it is for style sheets. */
export function setRootSetting(name: RootSetting, value: string): void {
  document.documentElement.dataset[name] = value
  for (const listener of listeners) listener()
}

export function subscribeToRootSettings(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
