'use client'

import { useTranslations } from 'next-intl'
import { libraryNameLengthMax } from '@/shared/presets/limits'
import { fieldShape, Labelled } from './labelled'

type NameFieldProps = { value: string; placeholder: string; write: (name: string) => void }

export function NameField({ value, placeholder, write }: NameFieldProps) {
  const t = useTranslations('library')
  return (
    <Labelled label={t('name')}>
      {(id) => (
        <input
          id={id}
          required
          // White space alone is no name.
          pattern=".*\S.*"
          value={value}
          maxLength={libraryNameLengthMax}
          placeholder={placeholder}
          autoComplete="off"
          onChange={(event) => write(event.currentTarget.value)}
          className={fieldShape}
        />
      )}
    </Labelled>
  )
}
