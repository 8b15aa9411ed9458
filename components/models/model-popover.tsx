'use client'

import { RefreshCw } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Popover } from 'radix-ui'
import type { RefObject } from 'react'
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

  function giveFocusBack(event: Event) {
    event.preventDefault()
    button.current?.focus()
  }

  /** A press on the button closes by itself. */
  function ignoreButton(event: Event) {
    if (event.target instanceof Node && button.current?.contains(event.target))
      event.preventDefault()
  }

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Anchor virtualRef={button} />
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          collisionPadding={12}
          aria-label={t('label')}
          onCloseAutoFocus={giveFocusBack}
          onInteractOutside={ignoreButton}
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
