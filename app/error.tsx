'use client'

import { useLocale, useTranslations } from 'next-intl'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import { errorTexts } from '@/shared/i18n/error-texts'

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void }

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('pages')
  const texts = errorTexts[useLocale()]
  return (
    <MessagePage
      title={texts.title}
      text={texts.text}
      note={error.digest ? t('reference', { digest: error.digest }) : undefined}
    >
      <Button onClick={retry}>{texts.tryAgain}</Button>
    </MessagePage>
  )
}
