'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { prompts } from '@/client/presets/prompts'
import { TextField } from '@/components/settings/fields'
import { promptLengthMax } from '@/shared/presets/limits'
import type { SavedPrompt } from '@/shared/presets/prompt'
import { variablesOf } from '@/shared/presets/prompt-variables'
import { LibraryForm } from './library-form'
import { NameField } from './name-field'
import { usePromptExample } from './use-prompt-example'

/** One saved prompt, stored when its user says so. */
export function PromptForm({ prompt, close }: { prompt: SavedPrompt; close: () => void }) {
  const t = useTranslations('prompts')
  const settings = useTranslations('settingsDialog')
  const format = useFormatter()
  const example = usePromptExample()
  const [draft, setDraft] = useState(prompt)
  const { name, text } = draft
  const variables = variablesOf(text)
  const title = prompt.name || t('create')

  return (
    <LibraryForm title={title} save={() => prompts.put(draft)} close={close}>
      <NameField
        value={name}
        placeholder={t('nameExample')}
        write={(next) => setDraft({ ...draft, name: next })}
      />
      <TextField
        label={t('text')}
        placeholder={example}
        value={text}
        lengthMax={promptLengthMax}
        required
        counter={settings('counter', { count: text.length, max: promptLengthMax })}
        write={(next) => setDraft({ ...draft, text: next })}
      />
      <p role="status" className="text-xs text-soft">
        {variables.length > 0 ? t('asksFor', { names: format.list(variables) }) : null}
      </p>
    </LibraryForm>
  )
}
