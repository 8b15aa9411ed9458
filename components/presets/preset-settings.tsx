'use client'

import { MessageSquarePlus, Plus, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { browserEnvironment } from '@/client/browser/browser-environment'
import { openNewChatWith } from '@/client/presets/preset-address'
import { presets } from '@/client/presets/presets'
import { useLibrary } from '@/client/presets/use-library'
import { useProblemText } from '@/components/chat/use-problem-text'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { showErrorToast, showToast } from '@/components/ui/toast'
import { defaultParameters } from '@/shared/models/parameters'
import { libraryMax } from '@/shared/presets/limits'
import type { Preset } from '@/shared/presets/preset'
import { PresetForm } from './preset-form'
import { PresetIcon } from './preset-icon'

/** Ways to begin chats, made and changed here. */
export function PresetSettings() {
  const t = useTranslations('presets')
  const { items, failed } = useLibrary(presets)
  const [edited, setEdited] = useState<Preset>()
  const [lastEdited, setLastEdited] = useState<string>()

  function close() {
    setLastEdited(edited?.id)
    setEdited(undefined)
  }

  if (edited) return <PresetForm preset={edited} close={close} />
  return (
    <>
      <div className="flex flex-col gap-2 py-3.5 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
        <p className="text-xs leading-relaxed text-pretty text-soft">{t('hint')}</p>
        <Button
          onClick={() => setEdited(newPreset())}
          disabled={!items || items.length >= libraryMax}
          className="self-start"
        >
          <Plus aria-hidden className="size-3.5" />
          {t('create')}
        </Button>
      </div>
      {failed && !items ? (
        <div role="alert" className="flex items-center gap-3 text-sm text-danger">
          {t('loadFailed')}
          <Button onClick={() => void presets.load()}>{t('tryAgain')}</Button>
        </div>
      ) : null}
      {items?.length === 0 ? (
        <p className="border-t border-hairline py-6 text-sm text-soft">{t('empty')}</p>
      ) : null}
      <ul>
        {items?.map((preset) => (
          <Row
            key={preset.id}
            preset={preset}
            edit={() => setEdited(preset)}
            focused={preset.id === lastEdited}
          />
        ))}
      </ul>
    </>
  )
}

type RowProps = {
  preset: Preset
  edit: () => void
  /** Whoever has just edited it goes on from here. */
  focused: boolean
}

function Row({ preset, edit, focused }: RowProps) {
  const t = useTranslations('presets')
  const { id, name, icon, instructions } = preset
  const remove = useRemove(preset)
  return (
    <li className="flex min-h-12 items-center gap-1 border-t border-hairline">
      <button
        ref={focused ? focus : null}
        type="button"
        aria-label={t('edit', { name })}
        onClick={edit}
        className="-ms-2 flex min-w-0 flex-1 items-center gap-3 rounded-inside px-2 py-2 text-start hover-able:bg-wash"
      >
        <PresetIcon icon={icon} className="size-4 shrink-0 text-soft" />
        <span className="min-w-0">
          <span className="block truncate text-sm">{name}</span>
          <span className="block truncate text-xs text-faint">{instructions}</span>
        </span>
      </button>
      <IconButton label={t('begin', { name })} onClick={() => openNewChatWith(id)}>
        <MessageSquarePlus aria-hidden />
      </IconButton>
      <IconButton label={t('delete', { name })} onClick={() => void remove()}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  )
}

/** Takes it away, and offers to bring it back. */
function useRemove(preset: Preset): () => Promise<void> {
  const t = useTranslations('presets')
  const problemText = useProblemText()

  async function restore() {
    const problem = await presets.put(preset)
    if (problem) showErrorToast(problemText(problem))
  }

  return async () => {
    const problem = await presets.remove(preset.id)
    if (problem && problem.status !== 404) return showErrorToast(problemText(problem))
    showToast(t('deleted', { name: preset.name }), {
      action: { label: t('undo'), onClick: () => void restore() },
    })
  }
}

function newPreset(): Preset {
  return {
    id: browserEnvironment.newId(),
    name: '',
    icon: 'sparkles',
    instructions: '',
    model: null,
    parameters: defaultParameters,
    suggestions: [],
  }
}

function focus(element: HTMLElement | null): void {
  element?.focus()
}
