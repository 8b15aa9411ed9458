'use client'

import { Eye, EyeOff, RefreshCw, Star } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useModels } from '@/client/models/use-models'
import { useUserSettings } from '@/client/settings/use-user-settings'
import { userSettings } from '@/client/settings/user-settings'
import { useEndpointStatus } from '@/components/models/use-endpoint-status'
import { useShownCatalog } from '@/components/models/use-shown-catalog'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { showErrorToast } from '@/components/ui/toast'
import type { EndpointInfo, ModelRef } from '@/shared/models/model-catalog'
import { isListed, toggled } from '@/shared/models/model-lists'
import { classNames } from '@/shared/ui/class-names'
import { OwnEndpoints } from './endpoints/own-endpoints'

/** Where models come from and how that stands; which of them the picker shows, and which first. */
export function ModelSettings() {
  const t = useTranslations('settingsDialog')
  const models = useTranslations('models')
  const { catalog, scanning, rescan } = useModels()
  const shown = useShownCatalog(catalog)

  async function lookAgain() {
    try {
      await rescan()
    } catch {
      showErrorToast(models('rescanFailed'))
    }
  }

  return (
    <>
      <div className="flex flex-col gap-2 py-3.5 sm:flex-row sm:items-start sm:justify-between sm:gap-6">
        <p className="text-xs leading-relaxed text-pretty text-soft">{t('modelsHint')}</p>
        <Button onClick={() => void lookAgain()} disabled={scanning} className="self-start">
          <RefreshCw aria-hidden className={classNames('size-3.5', scanning && 'sign')} />
          {scanning ? models('scanning') : models('rescan')}
        </Button>
      </div>
      <OwnEndpoints />
      {shown?.endpoints.map((endpoint) => (
        <Endpoint key={endpoint.id} endpoint={endpoint} />
      ))}
    </>
  )
}

function Endpoint({ endpoint }: { endpoint: EndpointInfo }) {
  const t = useTranslations('settingsDialog')
  const problem = useEndpointStatus(endpoint)
  return (
    <section aria-label={endpoint.name} className="border-t border-hairline py-3">
      <h3 className="flex flex-wrap items-baseline gap-x-2 text-sm font-medium">
        {endpoint.name}
        <span className={classNames('text-xs font-normal', problem ? 'text-amber' : 'text-faint')}>
          {problem ?? t('ready')}
        </span>
      </h3>
      <ul className="mt-1">
        {endpoint.models.map(({ id, name }) => (
          <Model key={id} model={{ provider: endpoint.id, id }} name={name} />
        ))}
      </ul>
    </section>
  )
}

function Model({ model, name }: { model: ModelRef; name: string }) {
  const t = useTranslations('settingsDialog')
  const { favouriteModels, hiddenModels } = useUserSettings()
  const isFavourite = isListed(favouriteModels, model)
  const isHidden = isListed(hiddenModels, model)
  return (
    <li className="flex min-h-8 items-center gap-1 text-sm pointer-coarse:min-h-11">
      <span
        className={classNames(
          'min-w-0 flex-1 wrap-anywhere',
          isHidden ? 'text-faint' : 'text-soft',
        )}
      >
        {name}
      </span>
      <IconButton
        label={t('favourite', { model: name })}
        aria-pressed={isFavourite}
        onClick={() => userSettings.change({ favouriteModels: toggled(favouriteModels, model) })}
        className={classNames(isFavourite && 'text-river hover-able:text-river')}
      >
        <Star aria-hidden fill={isFavourite ? 'currentColor' : 'none'} />
      </IconButton>
      <IconButton
        label={t('hide', { model: name })}
        aria-pressed={isHidden}
        onClick={() => userSettings.change({ hiddenModels: toggled(hiddenModels, model) })}
        className={classNames(isHidden && 'bg-wash text-ink')}
      >
        {isHidden ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
      </IconButton>
    </li>
  )
}
