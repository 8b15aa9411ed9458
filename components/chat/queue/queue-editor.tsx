'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { useSendKey } from '@/client/preferences/use-send-key'
import { Button } from '@/components/ui/button'
import { isComposing } from '../is-composing'
import { sendsMessage } from '../sends-message'

type QueueEditorProps = {
  text: string
  /** Whether the message has been sent meanwhile: what is saved is another one. */
  hasGone: boolean
  save: (text: string) => void
  cancel: () => void
}

/** A waiting message being changed, by the keys of the composer. */
export function QueueEditor({ text, hasGone, save, cancel }: QueueEditorProps) {
  const t = useTranslations('queue')
  const sendKey = useSendKey()
  const field = useRef<HTMLTextAreaElement>(null)

  useLayoutEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && !isComposing(event)) {
      event.stopPropagation()
      cancel()
    }
    if (!sendsMessage(event, sendKey)) return
    event.preventDefault()
    saveText()
  }

  function saveText() {
    save(field.current?.value ?? '')
  }

  return (
    <li className="px-4 py-2 sm:px-6">
      <textarea
        ref={field}
        rows={2}
        defaultValue={text}
        aria-label={t('textLabel')}
        aria-describedby="composer-hint"
        enterKeyHint={sendKey === 'enter' ? 'done' : 'enter'}
        data-control="edit"
        onKeyDown={onKeyDown}
        className="-mx-2 block field-sizing-content max-h-[24dvh] min-h-13 w-[calc(100%+1rem)] resize-none rounded-inside border border-edge bg-transparent px-2 py-1.5 text-sm leading-snug pointer-coarse:text-base"
      />
      <div className="mt-1.5 flex flex-wrap items-center justify-end gap-2">
        <p role="status" className="me-auto text-xs text-soft">
          {hasGone ? t('sentMeanwhile') : ''}
        </p>
        <Button shape="quiet" onClick={cancel}>
          {t('cancel')}
        </Button>
        <Button onClick={saveText}>{t('save')}</Button>
      </div>
    </li>
  )
}
