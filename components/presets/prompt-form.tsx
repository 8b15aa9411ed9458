'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { prompts } from '@/client/presets/prompts'
import { unsaved } from '@/client/settings/unsaved'
import type { Edit } from '@/client/settings/unsaved-edits'
import { TextField } from '@/components/settings/fields'
import { promptLengthMax } from '@/shared/presets/limits'
import type { SavedPrompt } from '@/shared/presets/prompt'
import { variablesOf } from '@/shared/presets/prompt-variables'
import { LibraryForm } from './library-form'
import { NameField } from './name-field'
import { usePromptExample } from './use-prompt-example'

/** One saved prompt, stored when its user says so. */
export function PromptForm({ edited, close }: { edited: Edit<SavedPrompt>; close: () => void }) {
  const t = useTranslations('prompts')
  const settings = useTranslations('settingsDialog')
  const format = useFormatter()
  const example = usePromptExample()
  const { opened, written, failure } = edited
  const { name, text } = written
  const change = (part: Partial<SavedPrompt>) => unsaved.prompts.write(opened.id, part)
  const variables = variablesOf(text)

  return (
    <LibraryForm
      title={opened.name || t('create')}
      problem={failure}
      save={() => unsaved.prompts.save(opened.id, prompts.put)}
      close={close}
    >
      <NameField
        value={name}
        placeholder={t('nameExample')}
        write={(next) => change({ name: next })}
      />
      <TextField
        label={t('text')}
        placeholder={example}
        value={text}
        lengthMax={promptLengthMax}
        required
        counter={settings('counter', { count: text.length, max: promptLengthMax })}
        write={(next) => change({ text: next })}
      />
      <p role="status" className="text-xs text-soft">
        {variables.length > 0 ? t('asksFor', { names: format.list(variables) }) : null}
      </p>
    </LibraryForm>
  )
}
