'use client'

import type { ComponentProps, MouseEvent } from 'react'

type ChatLinkProps = Omit<ComponentProps<'a'>, 'href'> & {
  /** Without one it leads to a new chat. */
  address?: string
  onPick?: () => void
}

/**
 * Leads to a chat without asking the server for a page: the pathname decides which chat is shown, and its session is
 * here already or loads itself. Where no chat can be shown in place, as on
 * an error page, and in another tab, it is a link as any other.
 */
export function ChatLink({ address = '/', onPick, onClick, children, ...props }: ChatLinkProps) {
  function follow(event: MouseEvent<HTMLAnchorElement>) {
    onClick?.(event)
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    )
      return
    if (!document.querySelector('[data-chat-stage]')) return onPick?.()
    event.preventDefault()
    const { pathname, search } = window.location
    if (pathname + search !== address) window.history.pushState(null, '', address)
    onPick?.()
  }

  return (
    <a href={address} onClick={follow} {...props}>
      {children}
    </a>
  )
}
