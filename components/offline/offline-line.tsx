'use client'

import { CloudOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { whenServerAnswers } from '@/client/offline/when-server-answers'
import { Button } from '@/components/ui/button'

/** Says that what is shown was kept, and when there is more to be had. */
export function OfflineLine() {
  const t = useTranslations('offline')
  const [isBack, setBack] = useState(false)
  useEffect(() => whenServerAnswers(() => setBack(true)), [])
  return (
    <div className="flex shrink-0 items-center gap-2.5 border-b border-hairline bg-sunk py-1.5 ps-4 pe-2 text-sm text-soft">
      <CloudOff aria-hidden className="size-4 shrink-0 text-amber" />
      <p role="status" className="min-w-0 flex-1">
        {isBack ? t('back') : t('kept')}
      </p>
      <Button onClick={() => window.location.reload()}>
        {isBack ? t('reload') : t('tryAgain')}
      </Button>
    </div>
  )
}
