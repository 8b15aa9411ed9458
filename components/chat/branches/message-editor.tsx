'use client'

import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useId, useState } from 'react'
import { Button } from '@/components/ui/button'
import { isComposing } from '../is-composing'

type MessageEditorProps = {
  text: string
  onInput: (text: string) => void
  send: (text: string) => void
  cancel: () => void
}

/** The bubble as a box to write in. The text stays in the page’s own textarea, as in the composer. */
export default function MessageEditor({ text, onInput, send, cancel }: MessageEditorProps) {
  const t = useTranslations('branches')
  const hintId = useId()
  const [written, setWritten] = useState(text)
  const isBlank = !/\S/.test(written)

  function submit() {
    if (!isBlank) send(written)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (isComposing(event)) return
    if (event.key === 'Escape') cancel()
    if (event.key !== 'Enter' || event.shiftKey) return
    event.preventDefault()
    submit()
  }

  return (
    <div className="w-full rounded-outside border border-hairline bg-raised p-2 transition-colors focus-within:border-edge">
      <textarea
        ref={beginAtEnd}
        rows={Math.min(12, text.split('\n').length)}
        aria-label={t('editLabel')}
        aria-describedby={hintId}
        enterKeyHint="send"
        autoComplete="off"
        defaultValue={text}
        onInput={({ currentTarget: { value } }) => {
          setWritten(value)
          onInput(value)
        }}
        onKeyDown={onKeyDown}
        className="block field-sizing-content max-h-[50dvh] w-full resize-none overflow-y-auto bg-transparent px-2 py-0.5 text-base leading-[1.65] outline-none"
      />
      <p id={hintId} className="sr-only">
        {t('editHint')}
      </p>
      <div className="mt-2 flex flex-wrap justify-end gap-2">
        <Button shape="quiet" onClick={cancel}>
          {t('cancel')}
        </Button>
        <Button shape="primary" aria-disabled={isBlank} onClick={submit}>
          {t('save')}
        </Button>
      </div>
    </div>
  )
}

function beginAtEnd(field: HTMLTextAreaElement | null): void {
  field?.focus({ preventScroll: true })
  field?.setSelectionRange(field.value.length, field.value.length)
}
