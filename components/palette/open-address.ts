export const temporaryChatAddress = '/?temporary=1'

export type ChatAddress = '/' | typeof temporaryChatAddress | `/c/${string}`

/** Shows a chat, in place where that is possible; `navigate` goes there by loading a page. */
export function openChatAddress(
  address: ChatAddress,
  navigate: (address: ChatAddress) => void,
): void {
  if (!document.querySelector('[data-chat-stage]')) return navigate(address)
  const { pathname, search } = window.location
  if (pathname + search !== address) window.history.pushState(null, '', address)
}

export function messageAddress({
  chatId,
  messageId,
}: {
  chatId: string
  messageId: string
}): `/c/${string}` {
  return `/c/${chatId}?message=${messageId}`
}
