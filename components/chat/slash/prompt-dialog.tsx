'use client'

import { useTranslations } from 'next-intl'
import { Dialog } from 'radix-ui'
import { type FormEvent, type KeyboardEvent, useState } from 'react'
import { Labelled } from '@/components/presets/labelled'
import { Button } from '@/components/ui/button'
import type { SavedPrompt } from '@/shared/presets/prompt'
import { filledWith, variablesOf } from '@/shared/presets/prompt-variables'
import { isComposing } from '../is-composing'

type PromptDialogProps = {
  prompt: SavedPrompt
  insert: (text: string) => void
  close: () => void
  /** Where the focus goes when it is gone. */
  focusField: () => void
}

/** Asks for what a prompt leaves open, field by field; Enter goes on, and inserts from the last one. */
export function PromptDialog({ prompt, insert, close, focusField }: PromptDialogProps) {
  const t = useTranslations('prompts')
  const { name, text } = prompt
  const names = variablesOf(text)
  const [values, setValues] = useState<ReadonlyMap<string, string>>(new Map())

  function submit(event: FormEvent) {
    event.preventDefault()
    close()
    insert(filledWith(text, values))
  }

  return (
    <Dialog.Root open onOpenChange={close}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-50 bg-(--veil)" />
        <Dialog.Content
          aria-describedby="prompt-hint"
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            focusField()
          }}
          className="appear fixed inset-x-3 bottom-3 z-50 mx-auto flex max-h-[calc(var(--visible-height,100dvh)-1.5rem)] flex-col rounded-outside border border-hairline bg-paper shadow-float outline-none sm:top-[18dvh] sm:bottom-auto sm:w-[min(30rem,calc(100vw-3rem))]"
        >
          <form onSubmit={submit} className="flex min-h-0 flex-col">
            <Dialog.Title className="px-4 pt-4 text-sm font-semibold wrap-anywhere">
              {t('fill', { name })}
            </Dialog.Title>
            <div className="min-h-0 overflow-y-auto overscroll-contain px-4 pb-1">
              {names.map((each) => (
                <VariableField
                  key={each}
                  name={each}
                  value={values.get(each) ?? ''}
                  write={(value) => setValues(new Map([...values, [each, value]]))}
                />
              ))}
            </div>
            <div className="flex items-center justify-end gap-2 p-4">
              <p
                id="prompt-hint"
                className="min-w-0 flex-1 text-xs text-faint pointer-coarse:sr-only"
              >
                {t('fillHint')}
              </p>
              <Button shape="quiet" onClick={close}>
                {t('cancel')}
              </Button>
              <Button type="submit" shape="primary">
                {t('insert')}
              </Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

type VariableFieldProps = { name: string; value: string; write: (value: string) => void }

function VariableField({ name, value, write }: VariableFieldProps) {
  return (
    <Labelled label={name}>
      {(id) => (
        <textarea
          id={id}
          rows={1}
          value={value}
          onChange={(event) => write(event.currentTarget.value)}
          onKeyDown={goOn}
          className="block field-sizing-content max-h-48 min-h-9 w-full resize-none rounded-inside border border-hairline bg-raised px-3 py-1.5 text-sm leading-relaxed outline-offset-0 pointer-coarse:text-base"
        />
      )}
    </Labelled>
  )
}

/** To the next field; from the last one the form is done. */
function goOn(event: KeyboardEvent<HTMLTextAreaElement>): void {
  if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return
  event.preventDefault()
  const { form } = event.currentTarget
  const fields = [...(form?.querySelectorAll('textarea') ?? [])]
  const next = fields[fields.indexOf(event.currentTarget) + 1]
  if (next) next.focus()
  else form?.requestSubmit()
}
