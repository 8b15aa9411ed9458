/** On the page of a new chat the address names the preset that it is to begin with. */
const parameter = 'preset'

export function presetIdOf(parameters: { get: (name: string) => string | null }): string | null {
  return parameters.get(parameter)
}

/** For the new chat that is open, which stays as it is otherwise; without a preset where none is given. */
export function choosePreset(id: string | undefined): void {
  const address = new URL(window.location.href)
  if (id === undefined) address.searchParams.delete(parameter)
  else address.searchParams.set(parameter, id)
  window.history.replaceState(null, '', address)
}

/** Leaves whatever is open for a new chat. */
export function openNewChatWith(id: string): void {
  if (document.querySelector('[data-chat-stage]')) window.history.pushState(null, '', addressOf(id))
  else window.location.assign(addressOf(id))
}

function addressOf(id: string): string {
  return `/?${new URLSearchParams({ [parameter]: id }).toString()}`
}
