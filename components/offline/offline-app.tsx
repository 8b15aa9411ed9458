'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from 'next/navigation'
import { type ReactNode, useEffect, useState } from 'react'
import { type KeptShell, readKeptShell } from '@/client/offline/kept-shell'
import { ChatStage } from '@/components/chat/chat-stage'
import { Header } from '@/components/shell/header'
import { MessagePage } from '@/components/shell/message-page'
import { Shell } from '@/components/shell/shell'
import { Button } from '@/components/ui/button'
import { OfflineLine } from './offline-line'

/** The app with what this device has kept, under the address that could not be reached. */
export function OfflineApp({ lengthMax }: { lengthMax: number }) {
  const t = useTranslations('offline')
  const pathname = usePathname()
  const [shell, setShell] = useState<KeptShell | 'nothing'>()
  useEffect(() => {
    void readKeptShell()
      .catch(() => undefined)
      .then((kept) => setShell(kept ?? 'nothing'))
  }, [])

  if (!shell) return null
  if (shell === 'nothing') {
    return (
      <div className="flex h-dvh flex-col">
        <NoPage text={t('closed')}>
          <Button onClick={() => window.location.reload()}>{t('tryAgain')}</Button>
        </NoPage>
      </div>
    )
  }
  const isChat = pathname === '/' || pathname.startsWith('/c/')
  return (
    <Shell {...shell} folded={false}>
      <OfflineLine />
      {isChat ? (
        <ChatStage lengthMax={lengthMax} />
      ) : (
        <>
          <Header />
          <NoPage text={t('page')} />
        </>
      )}
    </Shell>
  )
}

function NoPage({ text, children }: { text: string; children?: ReactNode }) {
  const t = useTranslations('offline')
  return (
    <MessagePage title={t('title')} text={text}>
      {children}
    </MessagePage>
  )
}
