'use client'

import { Settings2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import {
  type ReactNode,
  type RefObject,
  useEffect,
  useId,
  useState,
  useSyncExternalStore,
} from 'react'
import { presets } from '@/client/presets/presets'
import { useLibrary } from '@/client/presets/use-library'
import { openSettings } from '@/client/settings/settings-address'
import { PresetIcon } from '@/components/presets/preset-icon'
import type { Preset } from '@/shared/presets/preset'
import { SlashOption } from './slash-option'
import { slashQueryOf } from './slash-query'
import { useListKeys } from './use-list-keys'
import { writeInto } from './write-into'

type Field = RefObject<HTMLTextAreaElement | null>

type Option = { id: string; name: string; note: string; icon: ReactNode; run: () => void }

type SlashMenuProps = {
  /** What is written in it begins with a `/`. */
  field: Field
  /** In a chat that can still begin with a preset. */
  begin: ((preset: Preset) => void) | undefined
}

/** What can be chosen for a message that begins with `/`: presets to begin a chat with. */
export default function SlashMenu({ field, begin }: SlashMenuProps) {
  const t = useTranslations('slash')
  const listId = useId()
  const query = useSlashQuery(field)
  const [active, setActive] = useState(0)
  const [asked, setAsked] = useState(query)
  const [dismissed, setDismissed] = useState(false)
  const options = useOptions({ field, begin, query })
  const at = Math.min(active, options.length - 1)
  const current = options[at]
  const open = !dismissed && current !== undefined
  const idOf = (option: Option) => `${listId}-${option.id}`
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
            <SlashOption
              key={option.id}
              {...option}
              id={idOf(option)}
              active={index === at}
              point={() => setActive(index)}
            />
          ))}
        </div>
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

function useOptions({
  field,
  begin,
  query,
}: SlashMenuProps & { query: string | undefined }): Option[] {
  const t = useTranslations('slash')
  const { items = [] } = useLibrary(presets)
  if (query === undefined || !begin) return []
  const found = items
    .filter(({ name }) => name.toLowerCase().includes(query))
    .map((preset) => ({
      id: preset.id,
      name: preset.name,
      note: preset.instructions,
      icon: <PresetIcon icon={preset.icon} />,
      run: () => {
        writeInto(field.current, '')
        begin(preset)
      },
    }))
  if (query !== '') return found
  const manage = {
    id: 'manage',
    name: items.length > 0 ? t('manage') : t('first'),
    note: '',
    icon: <Settings2 aria-hidden />,
    run: () => {
      writeInto(field.current, '')
      openSettings('presets')
    },
  }
  return [...found, manage]
}
