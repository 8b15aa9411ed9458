'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { choosePreset } from '@/client/presets/preset-address'
import { presets } from '@/client/presets/presets'
import { useLibrary } from '@/client/presets/use-library'
import { Suggestions } from '@/components/chat/suggestions'
import { Button } from '@/components/ui/button'
import type { Preset } from '@/shared/presets/preset'
import { PresetIcon } from './preset-icon'

export type PresetWelcomeProps = {
  presetId: string
  /** As far as it is here already. */
  preset: Preset | undefined
  /** It has come, or has been changed elsewhere. */
  onFound: (preset: Preset) => void
  /** What is to answer, as it is called. */
  modelName: string | undefined
  ask: (text: string) => void
}

/** An empty chat that is to begin with a preset: what it is called, what it tells the model, and ways to begin. */
export default function PresetWelcome(props: PresetWelcomeProps) {
  const { presetId, preset, onFound } = props
  const t = useTranslations('presets')
  const { items, failed } = useLibrary(presets)
  const newest = items?.find(({ id }) => id === presetId)
  useEffect(() => {
    if (newest) onFound(newest)
  }, [newest, onFound])
  if ((items || failed) && !newest && !(failed && preset)) return <Missing failed={failed} />
  return preset ? <Begin {...props} preset={preset} /> : <p role="status">{t('loading')}</p>
}

function Begin({ preset, modelName, ask }: PresetWelcomeProps & { preset: Preset }) {
  const t = useTranslations('presets')
  const { name, icon, instructions, suggestions } = preset
  return (
    <div className="flex flex-1 flex-col justify-center pt-4 pb-[8vh]">
      <div className="flex size-11 items-center justify-center rounded-outside border border-hairline bg-raised text-river">
        <PresetIcon icon={icon} className="size-5" />
      </div>
      <h1 className="mt-4 text-[1.75rem] leading-tight font-medium tracking-[-0.022em] text-balance wrap-anywhere [&:lang(zh)]:tracking-normal">
        {name}
      </h1>
      <div className="mt-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-[0.9375rem] text-soft">
        {modelName ? <p>{t('answeredBy', { model: modelName })}</p> : null}
        <Button shape="quiet" onClick={() => choosePreset(undefined)} className="-mx-3">
          {t('without')}
        </Button>
      </div>
      {instructions.trim() ? (
        <details className="mt-4 text-sm">
          <summary className="w-fit rounded-inside text-soft hover-able:text-ink">
            {t('itsInstructions')}
          </summary>
          <p className="mt-2 max-h-60 overflow-y-auto border-s-2 border-hairline ps-3 whitespace-pre-wrap wrap-anywhere text-soft">
            {instructions}
          </p>
        </details>
      ) : null}
      {suggestions.length > 0 ? (
        <Suggestions label={t('suggestions')} prompts={suggestions} ask={ask} />
      ) : null}
    </div>
  )
}

/** The address names a preset that is not there, or cannot be asked for. */
function Missing({ failed }: { failed: boolean }) {
  const t = useTranslations('presets')
  return (
    <div role="alert" className="flex flex-1 flex-col items-start justify-center pb-[8vh]">
      <h1 className="text-xl font-medium tracking-[-0.015em]">
        {failed ? t('loadFailed') : t('gone')}
      </h1>
      <div className="mt-5 flex gap-2">
        {failed ? <Button onClick={() => void presets.load()}>{t('tryAgain')}</Button> : null}
        <Button onClick={() => choosePreset(undefined)}>{t('without')}</Button>
      </div>
    </div>
  )
}
