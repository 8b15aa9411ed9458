'use client'

import { useRouter } from 'next/navigation'
import { useTimeZone } from 'next-intl'
import { useEffect } from 'react'
import { rememberTimeZone } from '@/client/preferences/preferences'

/** Days begin at the reader’s midnight: where the server drew with another time zone, it draws again. */
export function TimeZoneKeeper() {
  const router = useRouter()
  const shown = useTimeZone()
  useEffect(() => {
    if (rememberTimeZone(shown ?? '')) router.refresh()
  }, [router, shown])
  return null
}
