'use client'

import { usePathname } from 'next/navigation'

/** The chat that the pathname names; nothing on the page of a new one. */
export function useOpenChatId(): string | undefined {
  return /^\/c\/([A-Za-z0-9_-]{1,64})$/.exec(usePathname())?.[1]
}
