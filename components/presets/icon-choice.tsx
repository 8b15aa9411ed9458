'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { type PresetIcon as Icon, presetIcons } from '@/shared/presets/preset-icons'
import { PresetIcon } from './preset-icon'

/** What the preset is shown with. */
export function IconChoice({ value, choose }: { value: Icon; choose: (icon: Icon) => void }) {
  const t = useTranslations('presets')
  const group = useId()
  return (
    <fieldset className="mt-3.5">
      <legend className="mb-1.5 text-sm">{t('icon')}</legend>
      <div className="flex flex-wrap gap-1">
        {presetIcons.map((icon) => (
          <label
            key={icon}
            className="relative flex size-9 items-center justify-center rounded-inside text-soft transition-colors hover-able:text-ink has-checked:bg-wash has-checked:text-river pointer-coarse:size-11"
          >
            <input
              type="radio"
              name={group}
              value={icon}
              aria-label={t(`icons.${icon}`)}
              checked={icon === value}
              onChange={() => choose(icon)}
              className="absolute inset-0 cursor-pointer appearance-none rounded-inside"
            />
            <PresetIcon icon={icon} className="pointer-events-none size-4" />
          </label>
        ))}
      </div>
    </fieldset>
  )
}
