'use client'

import { ArrowLeft } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ChatSession } from '@/client/chat/chat-session'
import { useChatSettings } from '@/client/chat/settings/use-chat-settings'
import { PresetIcon } from '@/components/presets/preset-icon'
import { SavingOf } from '@/components/settings/saving-status'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import type { ChatSettings } from '@/shared/chat/chat-settings'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { defaultParameters } from '@/shared/models/parameters'
import { ParameterFields } from './parameter-fields'
import { takenByModel } from './taken-by-model'

type ParameterPanelProps = {
  session: ChatSession
  isNew: boolean
  catalog: ModelCatalog | undefined
  value: ModelRef | undefined
  back: () => void
}

/** What this chat asks of its model, each saved as it is changed. */
export function ParameterPanel({ session, isNew, catalog, value, back }: ParameterPanelProps) {
  const t = useTranslations('parameters')
  const { settings, saving, store, failed, retry } = useChatSettings(session, isNew)
  const { taken, efforts, endpoint } = takenByModel(catalog, value)
  const isDefault = !settings || taken.every((name) => settings[name] === null)
  const isUnsure = endpoint?.kind === 'compatible' || endpoint?.kind === 'local'
  return (
    <section aria-label={t('title')} className="flex min-h-0 flex-col">
      <header className="flex h-11 shrink-0 items-center gap-1 border-b border-hairline pe-3.5 ps-1.5">
        <IconButton label={t('back')} tooltipSide="top" onClick={back}>
          <ArrowLeft aria-hidden />
        </IconButton>
        <h2 ref={focus} tabIndex={-1} className="flex-1 text-sm font-medium outline-none">
          {t('title')}
        </h2>
        <SavingOf saving={saving} retry={store.flush} />
      </header>
      <div className="min-h-0 overflow-y-auto overscroll-contain px-3.5 pb-3.5">
        {taken.length === 0 ? (
          <p className="pt-3.5 text-sm text-soft">{t('none')}</p>
        ) : (
          <p className="pt-3 text-xs leading-relaxed text-pretty text-soft">{t('scope')}</p>
        )}
        {failed ? (
          <div role="alert" className="flex items-center gap-3 pt-3.5 text-sm text-danger">
            {t('loadFailed')}
            <Button onClick={retry}>{t('tryAgain')}</Button>
          </div>
        ) : null}
        {settings?.preset ? <WithPreset {...settings} /> : null}
        {settings ? (
          <ParameterFields
            parameters={settings}
            taken={taken}
            efforts={efforts}
            change={store.change}
            type={store.type}
            leave={store.flush}
          />
        ) : null}
        {isUnsure ? (
          <p className="pt-3 text-xs leading-relaxed text-pretty text-soft">
            {t('unsure', { endpoint: endpoint.name })}
          </p>
        ) : null}
        {isDefault ? null : (
          <Button onClick={() => store.change(defaultParameters)} className="mt-3">
            {t('reset')}
          </Button>
        )}
      </div>
    </section>
  )
}

/** What the chat has of its preset, for good. */
function WithPreset({ preset, instructions }: Pick<ChatSettings, 'preset' | 'instructions'>) {
  const t = useTranslations('presets')
  if (!preset) return null
  return (
    <div className="mt-3 rounded-inside bg-wash px-3 py-2 text-sm">
      <p className="flex items-center gap-2">
        <PresetIcon icon={preset.icon} className="size-4 shrink-0 text-soft" />
        <span className="min-w-0 wrap-anywhere">{t('withPreset', { name: preset.name })}</span>
      </p>
      {instructions.trim() ? (
        <details className="mt-1 text-xs text-soft">
          <summary className="w-fit rounded-inside">{t('itsInstructions')}</summary>
          <p className="mt-1 max-h-40 overflow-y-auto whitespace-pre-wrap wrap-anywhere">
            {instructions}
          </p>
        </details>
      ) : null}
    </div>
  )
}

/** So that a screen reader says where one has come to. */
function focus(element: HTMLElement | null): void {
  element?.focus()
}
