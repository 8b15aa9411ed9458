'use client'

import { useTranslations } from 'next-intl'
import { type RefObject, useEffect, useId, useState, useSyncExternalStore } from 'react'
import type { Preset } from '@/shared/presets/preset'
import type { SavedPrompt } from '@/shared/presets/prompt'
import { variablesOf } from '@/shared/presets/prompt-variables'
import { changeComposer, writeOn } from '../composer-field'
import { PromptDialog } from './prompt-dialog'
import { SlashOptionRow } from './slash-option-row'
import { slashQueryOf } from './slash-query'
import { useListKeys } from './use-list-keys'
import { type SlashOption, useSlashOptions } from './use-slash-options'

type Field = RefObject<HTMLTextAreaElement | null>

type SlashMenuProps = {
  /** What is written in it begins with a `/`. */
  field: Field
  /** In a chat that can still begin with a preset. */
  begin: ((preset: Preset) => void) | undefined
}

/** What can be chosen for a message that begins with `/`: presets to begin a chat with, and saved prompts. */
export default function SlashMenu({ field, begin }: SlashMenuProps) {
  const t = useTranslations('slash')
  const listId = useId()
  const query = useSlashQuery(field)
  const [active, setActive] = useState(0)
  const [asked, setAsked] = useState(query)
  const [dismissed, setDismissed] = useState(false)
  const [filled, setFilled] = useState<SavedPrompt>()
  const write = (text: string) => {
    changeComposer(() => text)
    writeOn()
  }
  const options = useSlashOptions({
    query,
    begin,
    take: (prompt) =>
      variablesOf(prompt.text).length > 0 ? setFilled(prompt) : write(prompt.text),
    clear: () => write(''),
  })
  const at = Math.min(active, options.length - 1)
  const current = options[at]
  const open = !dismissed && !filled && current !== undefined
  const idOf = (option: SlashOption) => `${listId}-${option.id}`
  const activeId = current && idOf(current)

  if (asked !== query) {
    setAsked(query)
    setActive(0)
  }

  useListKeys(field, {
    open,
    listId,
    activeId,
    move: (step) => setActive((at + step + options.length) % options.length),
    choose: () => current?.run(),
    dismiss: () => setDismissed(true),
  })

  useEffect(() => {
    if (activeId) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  return (
    <>
      <p role="status" className="sr-only">
        {open ? t('count', { count: options.length }) : null}
      </p>
      {open ? (
        <div
          role="listbox"
          id={listId}
          aria-label={t('label')}
          className="appear absolute inset-x-0 bottom-full z-20 mb-2 max-h-[min(20rem,50dvh)] overflow-y-auto overscroll-contain rounded-outside border border-hairline bg-raised p-1.5 shadow-float"
        >
          {options.map((option, index) => (
            <SlashOptionRow
              key={option.id}
              id={idOf(option)}
              option={option}
              active={index === at}
              point={() => setActive(index)}
            />
          ))}
        </div>
      ) : null}
      {filled ? (
        <PromptDialog
          prompt={filled}
          insert={write}
          close={() => setFilled(undefined)}
          focusField={() => field.current?.focus({ preventScroll: true })}
        />
      ) : null}
    </>
  )
}

function useSlashQuery(field: Field): string | undefined {
  return useSyncExternalStore(
    (listener) => {
      const element = field.current
      element?.addEventListener('input', listener)
      return () => element?.removeEventListener('input', listener)
    },
    () => slashQueryOf(field.current?.value ?? ''),
    () => undefined,
  )
}
