'use client'

import { ChevronRight, Columns2, RefreshCw, SlidersHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type RefObject, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useChatSettings } from '@/client/chat/settings/use-chat-settings'
import { withPressed } from '@/client/models/compared-models'
import { PopoverAbove } from '@/components/ui/popover-above'
import { comparedModelsMax } from '@/shared/chat/compared-models'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { ModelList } from './model-list'
import { ParameterPanel } from './parameter-panel'
import { takenByModel } from './taken-by-model'

export type ModelPopoverProps = {
  /** The chat whose parameters stand behind the models, and whether it was begun on this page. */
  chat?: { session: ChatSession; isNew: boolean }
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

/** The models at hand, and behind them what the chat asks of its model. */
export default function ModelPopover(props: ModelPopoverProps) {
  const { open, setOpen, button } = props
  const t = useTranslations('models')

  return (
    <PopoverAbove
      button={button}
      open={open}
      setOpen={setOpen}
      label={t('label')}
      distance={8}
      className="appear z-50 flex max-h-[min(28rem,var(--radix-popover-content-available-height))] w-[min(22rem,calc(100vw-1.5rem))] flex-col overflow-hidden rounded-outside border border-hairline bg-raised shadow-float outline-none"
    >
      <Views {...props} />
    </PopoverAbove>
  )
}

/** Begins with the models each time it is opened. */
function Views(props: ModelPopoverProps) {
  const [view, setView] = useState<'models' | 'parameters' | 'models again'>('models')
  const { chat } = props
  return chat && view === 'parameters' ? (
    <ParameterPanel {...props} {...chat} back={() => setView('models again')} />
  ) : (
    <Models
      {...props}
      showParameters={() => setView('parameters')}
      beginsBelow={view === 'models again'}
    />
  )
}

type ModelsProps = ModelPopoverProps & {
  showParameters: () => void
  /** Whoever comes back from the parameters goes on where they left. */
  beginsBelow: boolean
}

function Models(props: ModelsProps) {
  const { catalog, value, chat, comparedWith, compareWith, rescan, scanning } = props
  const t = useTranslations('models')
  const comparison = useTranslations('comparison')
  const isComparing = comparedWith !== undefined
  const selected = value ? [value, ...(comparedWith ?? [])] : []

  function choose(model: ModelRef) {
    if (isComparing) return press(model)
    props.choose(model)
    props.setOpen(false)
  }

  function press(model: ModelRef) {
    const [first, ...others] = withPressed(selected, model)
    if (first) props.choose(first)
    compareWith?.(others)
  }

  return (
    <>
      <ModelList catalog={catalog} selected={selected} isMultiple={isComparing} choose={choose} />
      {compareWith ? (
        <button
          type="button"
          aria-pressed={isComparing}
          onClick={() => compareWith(isComparing ? undefined : [])}
          className={rowShape}
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
      {chat ? (
        <button
          ref={props.beginsBelow ? focus : null}
          type="button"
          onClick={props.showParameters}
          className={rowShape}
        >
          <SlidersHorizontal aria-hidden className="size-3.5 shrink-0" />
          {t('parameters')}
          <span className="ms-auto flex items-center gap-1 text-xs text-faint">
            <ChosenCount {...props} {...chat} />
            <ChevronRight aria-hidden className="size-3.5" />
          </span>
        </button>
      ) : null}
      <button type="button" onClick={rescan} disabled={scanning} className={rowShape}>
        <RefreshCw aria-hidden className={classNames('size-3.5 shrink-0', scanning && 'sign')} />
        {scanning ? t('scanning') : t('rescan')}
      </button>
    </>
  )
}

const rowShape =
  'flex min-h-10 shrink-0 items-center gap-2 border-t border-hairline px-3.5 py-1.5 text-start text-sm text-soft -outline-offset-2 transition-colors hover-able:bg-wash hover-able:text-ink pointer-coarse:min-h-12'

type ParametersOf = Pick<ModelPopoverProps, 'catalog' | 'value'> &
  NonNullable<ModelPopoverProps['chat']>

/** How many of the parameters that the model takes are not left to it. */
function ChosenCount({ session, isNew, catalog, value }: ParametersOf) {
  const t = useTranslations('models')
  const { settings } = useChatSettings(session, isNew)
  const { taken } = takenByModel(catalog, value)
  const count = settings ? taken.filter((name) => settings[name] !== null).length : 0
  return count > 0 ? t('parametersChosen', { count }) : null
}

function focus(element: HTMLElement | null): void {
  element?.focus()
}
