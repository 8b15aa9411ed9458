'use client'

import { useTranslations } from 'next-intl'

/** A prompt with variables, in the reader's language. */
export function usePromptExample(): string {
  const t = useTranslations('prompts')
  return t('textExample', { language: asVariable(t('language')), text: asVariable(t('sample')) })
}

/** As it stands in a prompt. Texts of the interface have braces of their own. */
export function asVariable(name: string): string {
  return `{{${name}}}`
}
