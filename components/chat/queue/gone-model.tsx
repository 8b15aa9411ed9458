'use client'

import { useTranslations } from 'next-intl'
import { useModels } from '@/client/models/use-models'
import { ModelPicker } from '@/components/models/model-picker'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import type { ModelRef } from '@/shared/models/model-catalog'
import { choicesOf, isListed } from '@/shared/models/model-lists'

type GoneModelProps = { model: ModelRef | null; choose: (model: ModelRef) => void }

/** That nobody offers the model any more, and the choice of another one; nothing while it is there. */
export function GoneModel({ model, choose }: GoneModelProps) {
  const t = useTranslations('queue')
  const { catalog, rescan, scanning } = useModels()
  const shown = useShownCatalog(catalog)
  if (!shown || !model || isListed(shown.endpoints.flatMap(choicesOf), model)) return null
  return (
    <div className="flex w-full flex-wrap items-center gap-x-2 text-xs text-amber">
      <p className="min-w-0 wrap-anywhere">{t('modelGone', { model: model.id })}</p>
      <ModelPicker
        catalog={shown}
        value={model}
        choose={choose}
        rescan={() => void rescan().catch(() => undefined)}
        scanning={scanning}
      />
    </div>
  )
}
