'use client'

import { ChevronDown } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Suspense, useRef, useState } from 'react'
import { modelName } from './model-name'
import type { ModelPopoverProps } from './model-popover'
import { lazyPart } from '@/components/ui/lazy-part'

const loadPopover = () => import('./model-popover')
const ModelPopover = lazyPart(loadPopover)

type ModelPickerProps = Omit<ModelPopoverProps, 'open' | 'setOpen' | 'button'>

/** The model that will answer, and a list of all that are at hand, by endpoint. */
export function ModelPicker(props: ModelPickerProps) {
  const t = useTranslations('models')
  const button = useRef<HTMLButtonElement>(null)
  const [list, setList] = useState<'unused' | 'open' | 'closed'>('unused')
  const open = list === 'open'
  const setOpen = (next: boolean) => setList(next ? 'open' : 'closed')
  const comparison = useTranslations('comparison')
  const first = modelName(props.catalog, props.value) ?? t('none')
  const count = props.comparedWith?.length
  const name = count ? comparison('more', { model: first, count }) : first
  return (
    <>
      <button
        ref={button}
        type="button"
        aria-label={t('choose', { model: name })}
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void loadPopover()}
        onFocus={() => void loadPopover()}
        onClick={() => setOpen(!open)}
        className="flex h-8 min-w-0 items-center gap-1 rounded-inside px-2 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-11"
      >
        <span className="truncate">{name}</span>
        <ChevronDown aria-hidden className="size-3.5 shrink-0" />
      </button>
      {list === 'unused' ? null : (
        <Suspense>
          <ModelPopover {...props} open={open} setOpen={setOpen} button={button} />
        </Suspense>
      )}
    </>
  )
}
