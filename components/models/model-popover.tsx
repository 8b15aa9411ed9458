'use client'

import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RefObject } from 'react'
import { PopoverAbove } from '@/components/ui/popover-above'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { ModelList } from './model-list'

export type ModelPopoverProps = {
  catalog: ModelCatalog | undefined
  value: ModelRef | undefined
  choose: (model: ModelRef) => void
  rescan: () => void
  scanning: boolean
  open: boolean
  setOpen: (open: boolean) => void
  /** Above which it stands, and which gets the focus back. */
  button: RefObject<HTMLButtonElement | null>
}

export default function ModelPopover(props: ModelPopoverProps) {
  const { catalog, value, choose, rescan, scanning, open, setOpen, button } = props
  const t = useTranslations('models')

  return (
    <PopoverAbove
      button={button}
      open={open}
      setOpen={setOpen}
      label={t('label')}
      distance={8}
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
    </PopoverAbove>
  )
}
