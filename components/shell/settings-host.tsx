'use client'

import { useSearchParams } from 'next/navigation'
import { Suspense, useState } from 'react'
import { settingsPartOf } from '@/client/settings/settings-address'
import { lazyPart } from '@/components/ui/lazy-part'

const SettingsDialog = lazyPart(() => import('@/components/settings/settings-dialog'))

/** Shows the settings while the address names them. */
export function SettingsHost() {
  const part = settingsPartOf(useSearchParams())
  const [used, setUsed] = useState(false)
  if (part !== null && !used) setUsed(true)
  return used ? (
    <Suspense>
      <SettingsDialog part={part} />
    </Suspense>
  ) : null
}
