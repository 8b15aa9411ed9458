'use client'

import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useModels } from '@/client/models/use-models'
import { useUsage } from '@/client/settings/use-usage'
import { modelName } from '@/components/models/model-name'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { IconButton } from '@/components/ui/icon-button'
import { useCostText } from '@/components/usage/use-cost-text'
import { monthAfter, monthOf } from '@/shared/usage/months'
import type { ModelUsage, UsageReport } from '@/shared/usage/usage-report'
import { modelNameOf } from '@/shared/models/model-ref'

/** What a month's answers used, and what they cost. */
export function UsageSettings() {
  const t = useTranslations('usage')
  const format = useFormatter()
  const [latest] = useState(() => monthOf(new Date()))
  const [month, setMonth] = useState(latest)
  const report = useUsage({ month })
  const title = format.dateTime(new Date(`${month}-15T12:00:00Z`), {
    year: 'numeric',
    month: 'long',
  })
  return (
    <>
      <div className="flex items-center gap-1 py-2">
        <h3 aria-live="polite" className="me-auto text-sm font-medium">
          {title}
        </h3>
        <IconButton label={t('earlierMonth')} onClick={() => setMonth(monthAfter(month, -1))}>
          <ChevronLeft aria-hidden />
        </IconButton>
        <IconButton
          label={t('laterMonth')}
          disabled={month === latest}
          onClick={() => setMonth(monthAfter(month, 1))}
        >
          <ChevronRight aria-hidden />
        </IconButton>
      </div>
      <div aria-busy={report === undefined}>
        {report === 'failed' ? <p className="text-sm text-danger">{t('failed')}</p> : null}
        {typeof report === 'object' ? <Report report={report} /> : null}
      </div>
    </>
  )
}

function Report({ report: { models, total, unpriced } }: { report: UsageReport }) {
  const t = useTranslations('usage')
  const costText = useCostText()
  const catalog = useShownCatalog(useModels().catalog)
  if (total.answers === 0) return <p className="text-sm text-soft">{t('nothing')}</p>
  return (
    <>
      <p className="text-2xl font-medium tracking-[-0.02em] tabular">{costText(total.cost)}</p>
      <Tokens used={total} />
      {unpriced > 0 && total.cost !== null ? (
        <p className="mt-0.5 text-xs text-amber">{t('unpriced', { count: unpriced })}</p>
      ) : null}
      <ul className="mt-4 border-t border-hairline">
        {models.map((used) => (
          <li
            key={modelNameOf(used.model)}
            className="flex items-start justify-between gap-4 border-b border-hairline py-3 text-sm"
          >
            <div className="min-w-0">
              <p className="wrap-anywhere">{modelName(catalog, used.model)}</p>
              <Tokens used={used} />
            </div>
            <p className="shrink-0 tabular">{costText(used.cost)}</p>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-xs leading-relaxed text-pretty text-soft">{t('note')}</p>
    </>
  )
}

function Tokens({ used }: { used: Omit<ModelUsage, 'model'> }) {
  const t = useTranslations('usage')
  return (
    <p className="mt-0.5 text-xs leading-relaxed text-soft tabular">
      {t('tokens', {
        answers: used.answers,
        input: used.inputTokens,
        cached: used.cachedInputTokens,
        output: used.outputTokens,
        reasoning: used.reasoningTokens,
      })}
    </p>
  )
}
