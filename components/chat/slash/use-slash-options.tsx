'use client'

import { Settings2, TextQuote } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { presets } from '@/client/presets/presets'
import { prompts } from '@/client/presets/prompts'
import { useLibrary } from '@/client/presets/use-library'
import { openSettings } from '@/client/settings/settings-address'
import { PresetIcon } from '@/components/presets/preset-icon'
import type { Preset } from '@/shared/presets/preset'
import type { SavedPrompt } from '@/shared/presets/prompt'

export type SlashOption = {
  id: string
  name: string
  /** What it does, as far as there is room. */
  note: string
  icon: ReactNode
  run: () => void
}

type SlashOptionsOptions = {
  query: string | undefined
  /** In a chat that can still begin with a preset. */
  begin: ((preset: Preset) => void) | undefined
  take: (prompt: SavedPrompt) => void
  /** Takes what was typed out of the field. */
  clear: () => void
}

/** What can be had for what was typed: presets where one can still be begun with, prompts, and the ways to their settings. */
export function useSlashOptions(options: SlashOptionsOptions): SlashOption[] {
  const { query, begin } = options
  const foundPresets = usePresetOptions(options)
  const foundPrompts = usePromptOptions(options)
  if (query === undefined) return []
  return begin ? [...foundPresets, ...foundPrompts] : foundPrompts
}

function usePresetOptions({ query = '', begin, clear }: SlashOptionsOptions): SlashOption[] {
  const t = useTranslations('slash')
  const { items = [] } = useLibrary(presets)
  const found = items.filter(isCalled(query)).map((preset) => ({
    id: `preset-${preset.id}`,
    name: preset.name,
    note: preset.instructions,
    icon: <PresetIcon icon={preset.icon} />,
    run: () => {
      clear()
      begin?.(preset)
    },
  }))
  const name = items.length > 0 ? t('managePresets') : t('firstPreset')
  return query === '' ? [...found, settingsOption({ part: 'presets', name, clear })] : found
}

function usePromptOptions({ query = '', take, clear }: SlashOptionsOptions): SlashOption[] {
  const t = useTranslations('slash')
  const { items = [] } = useLibrary(prompts)
  const found = items.filter(isCalled(query)).map((prompt) => ({
    id: `prompt-${prompt.id}`,
    name: prompt.name,
    note: prompt.text,
    icon: <TextQuote aria-hidden />,
    run: () => take(prompt),
  }))
  const name = items.length > 0 ? t('managePrompts') : t('firstPrompt')
  return query === '' ? [...found, settingsOption({ part: 'prompts', name, clear })] : found
}

function settingsOption({
  part,
  name,
  clear,
}: {
  part: string
  name: string
  clear: () => void
}): SlashOption {
  const run = () => {
    clear()
    openSettings(part)
  }
  return { id: part, name, note: '', icon: <Settings2 aria-hidden />, run }
}

function isCalled(query: string) {
  return ({ name }: { name: string }) => name.toLowerCase().includes(query)
}
