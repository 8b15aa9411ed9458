'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Saving } from '@/client/settings/settings-store'
import { useSettingsSaving } from '@/client/settings/use-user-settings'
import { userSettings } from '@/client/settings/user-settings'
import { useProblemText } from '@/components/chat/use-problem-text'
import { Button } from '@/components/ui/button'

/** Whether the last change of the settings is kept. */
export function SavingStatus() {
  return <SavingOf saving={useSettingsSaving()} retry={userSettings.flush} />
}

/** Whether the last change is kept; when it is not, why, and what to do. */
export function SavingOf({ saving, retry }: { saving: Saving; retry: () => void }) {
  const t = useTranslations('settingsDialog')
  const problemText = useProblemText()
  // What was saved before the dialog was opened is no news.
  const [earlier] = useState(saving)
  const isSaved = saving.status === 'saved' && saving !== earlier
  return (
    <>
      <p role="status" className="text-xs text-faint">
        {isSaved ? t('saved') : null}
      </p>
      {saving.status === 'failed' ? (
        <div role="alert" className="flex min-w-0 items-center gap-2 text-xs text-danger">
          <span className="min-w-0">
            {saving.problem.status === 0 ? t('notSaved') : problemText(saving.problem)}
          </span>
          <Button onClick={retry}>{t('tryAgain')}</Button>
        </div>
      ) : null}
    </>
  )
}
