'use client'

import { Columns2, RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { withPressed } from '@/client/models/compared-models'
import { PopoverAbove } from '@/components/ui/popover-above'
import { comparedModelsMax } from '@/shared/chat/compared-models'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { ModelList } from './model-list'

export type ModelPopoverProps = {
  catalog: ModelCatalog | undefined
  value: ModelRef | undefined
  /** Those that answer beside it; nothing while one alone is to answer. */
  comparedWith?: readonly ModelRef[] | undefined
  /** Left out where one alone can answer. */
  compareWith?: (models: readonly ModelRef[] | undefined) => void
  choose: (model: ModelRef) => void
  rescan: () => void
  scanning: boolean
  open: boolean
  setOpen: (open: boolean) => void
  /** Above which it stands, and which gets the focus back. */
  button: RefObject<HTMLButtonElement | null>
}

export default function ModelPopover(props: ModelPopoverProps) {
  const { catalog, value, comparedWith, compareWith, rescan, scanning } = props
  const { open, setOpen, button } = props
  const t = useTranslations('models')
  const comparison = useTranslations('comparison')
  const isComparing = comparedWith !== undefined
  const selected = value ? [value, ...(comparedWith ?? [])] : []

  function choose(model: ModelRef) {
    if (isComparing) return press(model)
    props.choose(model)
    setOpen(false)
  }

  function press(model: ModelRef) {
    const [first, ...others] = withPressed(selected, model)
    if (first) props.choose(first)
    compareWith?.(others)
  }

  return (
    <PopoverAbove
      button={button}
      open={open}
      setOpen={setOpen}
      label={t('label')}
      distance={8}
      className="appear z-50 flex max-h-[min(26rem,var(--radix-popover-content-available-height))] w-[min(22rem,calc(100vw-1.5rem))] flex-col rounded-outside border border-hairline bg-raised shadow-float outline-none"
    >
      <ModelList catalog={catalog} selected={selected} isMultiple={isComparing} choose={choose} />
      {compareWith ? (
        <button
          type="button"
          aria-pressed={isComparing}
          onClick={() => compareWith(isComparing ? undefined : [])}
          className="flex min-h-10 shrink-0 items-center gap-2 border-t border-hairline px-3.5 py-1.5 text-start text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:min-h-12"
        >
          <Columns2
            aria-hidden
            className={classNames('size-3.5 shrink-0', isComparing && 'text-river')}
          />
          {isComparing
            ? comparison('comparing', { max: comparedModelsMax })
            : comparison('compare')}
        </button>
      ) : null}
      <button
        type="button"
        onClick={rescan}
        disabled={scanning}
        className="flex h-10 shrink-0 items-center gap-2 rounded-b-outside border-t border-hairline px-3.5 text-sm text-soft transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:h-12"
      >
        <RefreshCw aria-hidden className={classNames('size-3.5', scanning && 'sign')} />
        {scanning ? t('scanning') : t('rescan')}
      </button>
    </PopoverAbove>
  )
}
