'use client'

import { useTranslations } from 'next-intl'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'

type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void }

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('pages')
  return (
    <MessagePage
      title={t('errorTitle')}
      text={t('errorText')}
      note={error.digest ? t('reference', { digest: error.digest }) : undefined}
    >
      <Button onClick={retry}>{t('tryAgain')}</Button>
    </MessagePage>
  )
}
