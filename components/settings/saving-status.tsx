'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useSettingsSaving } from '@/client/settings/use-user-settings'
import { userSettings } from '@/client/settings/user-settings'
import { useProblemText } from '@/components/chat/use-problem-text'
import { Button } from '@/components/ui/button'

/** Whether the last change is kept; when it is not, why, and what to do. */
export function SavingStatus() {
  const t = useTranslations('settingsDialog')
  const problemText = useProblemText()
  const saving = useSettingsSaving()
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
          <Button onClick={userSettings.flush}>{t('tryAgain')}</Button>
        </div>
      ) : null}
    </>
  )
}
