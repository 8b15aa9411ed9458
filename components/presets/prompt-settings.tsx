'use client'

import { TextQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { browserEnvironment } from '@/client/browser/browser-environment'
import { prompts } from '@/client/presets/prompts'
import { unsaved } from '@/client/settings/unsaved'
import { LibraryList } from './library-list'
import { PromptForm } from './prompt-form'
import { useEdited } from './use-edited'
import { asVariable, usePromptExample } from './use-prompt-example'

/** Messages to be sent again, made and changed here. */
export function PromptSettings() {
  const t = useTranslations('prompts')
  const { edited, lastEditedId, edit, close } = useEdited(unsaved.prompts)
  const example = usePromptExample()
  if (edited) return <PromptForm edited={edited} close={close} />
  return (
    <LibraryList
      store={prompts}
      texts={{
        hint: t('hint', { variable: asVariable(t('variable')) }),
        create: t('create'),
        empty: t('empty', { example }),
        loadFailed: t('loadFailed'),
      }}
      create={() => edit({ id: browserEnvironment.newId(), name: '', text: '' })}
      edit={edit}
      lastEditedId={lastEditedId}
      noteOf={({ text }) => text}
      Icon={PromptIcon}
    />
  )
}

function PromptIcon() {
  return <TextQuote aria-hidden />
}
