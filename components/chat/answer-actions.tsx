'use client'

import { RotateCcw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '@/components/ui/button'
import type { ChatSession } from '@/client/chat/chat-session'
import { CopyButton } from '@/components/ui/copy-button'
import { IconButton } from '@/components/ui/icon-button'
import type { MessageMetadata } from '@/shared/chat/message'
import { AnswerFacts } from './answer-facts'
import { MessageMenuButton } from './branches/message-menu-button'
import { MessageVersions } from './branches/message-versions'

type AnswerActionsProps = {
  session: ChatSession
  messageId: string
  /** What is copied; nothing where there is nothing to copy. */
  text: (() => string) | undefined
  metadata: MessageMetadata | undefined
  modelName: string | undefined
  /** Asks for another answer; nothing where that is not possible. */
  regenerate: (() => void) | undefined
}

/** The row under a finished answer. */
export function AnswerActions(props: AnswerActionsProps) {
  const { session, messageId, text, metadata, modelName, regenerate } = props
  const t = useTranslations('chat')
  return (
    <div className="mt-1 -ms-1.5 flex min-h-8 items-center gap-0.5 pointer-coarse:min-h-11">
      <MessageVersions session={session} messageId={messageId} />
      {text ? <CopyButton label={t('copyAnswer')} text={text} className="[&_svg]:size-4" /> : null}
      {regenerate ? (
        <IconButton label={t('regenerate')} onClick={regenerate} className="[&_svg]:size-4">
          <RotateCcw aria-hidden />
        </IconButton>
      ) : null}
      <MessageMenuButton session={session} messageId={messageId} />
      <div className="ms-1.5 min-w-0">
        <AnswerFacts metadata={metadata} modelName={modelName} />
      </div>
    </div>
  )
}

type WaysOutProps = { retry: (() => void) | undefined; goOn: (() => void) | undefined }

export function WaysOut({ retry, goOn }: WaysOutProps) {
  const t = useTranslations('chat')
  if (!retry && !goOn) return null
  return (
    <div className="flex gap-2">
      {goOn ? <Button onClick={goOn}>{t('continue')}</Button> : null}
      {retry ? <Button onClick={retry}>{t('retry')}</Button> : null}
    </div>
  )
}
