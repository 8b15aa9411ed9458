/** The address says which part of the settings is open, so that a link leads there and the way back closes it. */
const parameter = 'settings'

export function settingsPartOf(parameters: { get: (name: string) => string | null }) {
  return parameters.get(parameter)
}

export function openSettings(part = 'general'): void {
  window.history.pushState({ openedSettings: true }, '', addressOf(part))
}

export function showSettingsPart(part: string): void {
  window.history.replaceState({ openedSettings: wasOpenedHere() }, '', addressOf(part))
}

/** Goes back to where they were opened; after a link there is no such place. */
export function closeSettings(): void {
  if (wasOpenedHere()) window.history.back()
  else window.history.replaceState(null, '', addressOf(undefined))
}

function addressOf(part: string | undefined): URL {
  const address = new URL(window.location.href)
  if (part === undefined) address.searchParams.delete(parameter)
  else address.searchParams.set(parameter, part)
  return address
}

function wasOpenedHere(): boolean {
  const state: unknown = window.history.state
  return (
    typeof state === 'object' &&
    state !== null &&
    'openedSettings' in state &&
    state.openedSettings === true
  )
}
