'use client'

import { ChevronDown, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Popover } from 'radix-ui'
import { useState } from 'react'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { ModelList } from './model-list'
import { modelName } from './model-name'

type ModelPickerProps = {
  catalog: ModelCatalog | undefined
  value: ModelRef | undefined
  choose: (model: ModelRef) => void
  rescan: () => void
  scanning: boolean
}

/** The model that will answer, and a list of all that are at hand, by endpoint. */
export function ModelPicker({ catalog, value, choose, rescan, scanning }: ModelPickerProps) {
  const t = useTranslations('models')
  const [open, setOpen] = useState(false)
  const name = modelName(catalog, value) ?? t('none')
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        aria-label={t('choose', { model: name })}
        className="flex h-8 min-w-0 items-center gap-1 rounded-inside px-2 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
      >
        <span className="truncate">{name}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={t('label')}
          className="appear z-50 flex max-h-[min(26rem,var(--radix-popover-content-available-height))] w-[min(22rem,calc(100vw-1.5rem))] flex-col rounded-outside border border-hairline bg-raised shadow-float outline-none"
        >
          <ModelList
            catalog={catalog}
            value={value}
            choose={(model) => {
              choose(model)
              setOpen(false)
            }}
          />
          <button
            type="button"
            onClick={rescan}
            disabled={scanning}
            className="flex h-10 shrink-0 items-center gap-2 rounded-b-outside border-t border-hairline px-3.5 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-12"
          >
            <RefreshCw aria-hidden className={classNames('size-3.5', scanning && 'sign')} />
            {scanning ? t('scanning') : t('rescan')}
          </button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
