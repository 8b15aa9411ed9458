'use client'

import { CopyPlus, FileText, TextQuote, Volume2, VolumeX } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { readAloud } from '@/client/speech/browser-speech'
import { plainText, spokenTexts } from '@/components/markdown/plain-text'
import { MenuItem } from '@/components/ui/menu'
import { showErrorToast, showToast } from '@/components/ui/toast'
import type { ChatMessage } from '@/shared/chat/message'
import { messageText } from '@/shared/chat/message-text'
import { languageOf } from '@/shared/speech/language-of'
import { quoteText } from '../quote/quote-text'
import { useReadingId } from '../tools/stop-reading'

/** What is done with what a message says. */
export function TextItems({ message }: { message: ChatMessage }) {
  const t = useTranslations('chat')
  const text = messageText(message)

  async function copy(copied: string) {
    try {
      await navigator.clipboard.writeText(copied)
      showToast(t('copied'))
    } catch {
      showErrorToast(t('copyFailed'))
    }
  }

  return (
    <div className="mb-1 border-b border-hairline pb-1">
      <MenuItem onSelect={() => quoteText(text)}>
        <TextQuote aria-hidden />
        {t('quoteAll')}
      </MenuItem>
      {message.role === 'assistant' ? (
        <>
          <MenuItem onSelect={() => void copy(text)}>
            <CopyPlus aria-hidden />
            {t('copyMarkdown')}
          </MenuItem>
          <MenuItem onSelect={() => void copy(plainText(text))}>
            <FileText aria-hidden />
            {t('copyPlain')}
          </MenuItem>
          <ReadItem messageId={message.id} text={text} />
        </>
      ) : null}
    </div>
  )
}

function ReadItem({ messageId, text }: { messageId: string; text: string }) {
  const t = useTranslations('speech')
  const locale = useLocale()
  const isReading = useReadingId() === messageId
  const texts = spokenTexts(text)
  if (!readAloud || texts.length === 0) return null
  const { read, stop } = readAloud

  function toggle() {
    if (isReading) return stop()
    const language = languageOf(texts.join('\n'), locale)
    read({ id: messageId, texts, language, onFailed: () => showErrorToast(t('noVoice')) })
  }

  return (
    <MenuItem onSelect={toggle}>
      {isReading ? <VolumeX aria-hidden /> : <Volume2 aria-hidden />}
      {isReading ? t('stopReading') : t('readAloud')}
    </MenuItem>
  )
}
