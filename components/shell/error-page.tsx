'use client'

import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import { MessagePage } from './message-page'

export type ErrorPageProps = { error: Error & { digest?: string }; retry: () => void }

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const t = useTranslations('pages')
  const texts = useTranslations('errorPage')
  return (
    <MessagePage
      title={texts('title')}
      text={texts('text')}
      note={error.digest ? t('reference', { digest: error.digest }) : undefined}
    >
      <Button onClick={retry}>{texts('tryAgain')}</Button>
    </MessagePage>
  )
}
