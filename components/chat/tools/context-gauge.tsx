'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import type { ChatSession } from '@/client/chat/chat-session'
import { useEarlier, useMessageIds, useSessionPhase } from '@/client/chat/use-chat-session'
import { modelName } from '@/components/models/model-name'
import { IconButton } from '@/components/ui/icon-button'
import { PopoverAbove } from '@/components/ui/popover-above'
import { contextUseOf, type ContextUse } from '@/shared/context/context-use'
import { promptTokensMax } from '@/shared/context/fit-history'
import type { ModelCatalog, ModelRef } from '@/shared/models/model-catalog'
import { classNames } from '@/shared/ui/class-names'
import { GaugeRing } from './gauge-ring'
import { LiveSpeed } from './live-speed'

type ContextGaugeProps = {
  session: ChatSession
  model: ModelRef | undefined
  catalog: ModelCatalog | undefined
}

/** From here on a chat is about to be too long: the oldest turns are left out when it is. */
const warnsFrom = 0.8

/** How full a chat is for its model; how long it is where nobody knows how much that reads. */
export function ContextGauge({ session, model, catalog }: ContextGaugeProps) {
  const t = useTranslations('context')
  const format = useFormatter()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  const use = useContextUse(session)
  const limit = contextTokensOf(catalog, model)
  if (useMessageIds(session).length === 0) return null
  const share = use && limit ? Math.min(1, use.tokens / promptTokensMax(limit)) : undefined
  const isNearEnd = share !== undefined && share >= warnsFrom
  const percent = share === undefined ? undefined : format.number(share, { style: 'percent' })
  const count = use && !limit ? format.number(use.tokens, { notation: 'compact' }) : undefined
  return (
    <>
      <IconButton
        ref={button}
        label={label()}
        tooltipSide="top"
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className={classNames(
          'tabular w-auto min-w-8 gap-1.5 rounded-full px-1.5 text-xs pointer-coarse:min-w-11',
          isNearEnd && 'text-amber',
        )}
      >
        {count ?? <GaugeRing share={share ?? 0} />}
        {isNearEnd ? <span aria-hidden>{percent}</span> : null}
      </IconButton>
      <span role="status" className="sr-only">
        {isNearEnd ? t('nearEnd') : ''}
      </span>
      <PopoverAbove
        button={button}
        open={open}
        setOpen={setOpen}
        label={t('title')}
        distance={8}
        className="appear z-40 w-[min(20rem,calc(100vw-1.5rem))] rounded-outside border border-hairline bg-raised px-4 py-3 text-sm shadow-float outline-none"
      >
        <p className="font-medium">{t('title')}</p>
        <p className="tabular mt-1 text-soft">{line()}</p>
        {isNearEnd ? <p className="mt-2 text-amber">{t('nearEnd')}</p> : null}
        <LiveSpeed session={session} />
      </PopoverAbove>
    </>
  )

  function label(): string {
    if (percent !== undefined) return t('share', { percent })
    return count === undefined ? t('unknown') : t('count', { count })
  }

  function line(): string {
    const name = modelName(catalog, model) ?? ''
    if (!use) return t('notCounted')
    const values = { used: use.tokens, model: name }
    if (!limit) return use.isEstimate ? t('aboutOfUnknown', values) : t('ofUnknown', values)
    return use.isEstimate ? t('aboutOf', { ...values, limit }) : t('of', { ...values, limit })
  }
}

/** Counted when an answer has ended, not at each of its tokens. */
function useContextUse(session: ChatSession): ContextUse | undefined {
  const ids = useMessageIds(session)
  const isWhole = useEarlier(session).status === 'none'
  const isIdle = useSessionPhase(session) === 'idle'
  const [counted, setCounted] = useState<{
    ids: readonly string[]
    isIdle: boolean
    use: ContextUse | undefined
  }>()
  if (counted?.ids === ids && counted.isIdle === isIdle) return counted.use
  const messages = ids.flatMap((id) => session.store.message(id) ?? [])
  const use = contextUseOf(messages, { isWhole })
  setCounted({ ids, isIdle, use })
  return use
}

function contextTokensOf(
  catalog: ModelCatalog | undefined,
  model: ModelRef | undefined,
): number | undefined {
  const endpoint = catalog?.endpoints.find(({ id }) => id === model?.provider)
  return endpoint?.models.find(({ id }) => id === model?.id)?.contextTokens
}
