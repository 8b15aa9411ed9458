'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useOwnEndpoints } from '@/client/settings/use-own-endpoints'
import { Button } from '@/components/ui/button'
import type { OwnEndpoint, OwnEndpoints as Listed } from '@/shared/models/own-endpoint'
import { EndpointForm } from './endpoint-form'
import { EndpointRow } from './endpoint-row'

type Opened = { form: 'none' } | { form: 'new' } | { form: 'change'; id: string }

/** What the user brought along, where that is allowed: to add, change and delete. */
export function OwnEndpoints() {
  const t = useTranslations('endpoints')
  const { listed, take } = useOwnEndpoints()
  const [opened, setOpened] = useState<Opened>({ form: 'none' })
  const [news, setNews] = useState('')
  const section = useRef<HTMLElement>(null)

  if (listed === 'failed') return <p className="py-3 text-sm text-danger">{t('loadFailed')}</p>
  if (listed === undefined || listed.policy === 'off') return null

  /** Back to what opened the form; drawn first, for that stands in its place. */
  function close(control: string) {
    flushSync(() => setOpened({ form: 'none' }))
    section.current?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus()
  }

  function finish(control: string, next: Listed, said: string) {
    take(next)
    setNews(said)
    close(control)
  }

  function row(endpoint: OwnEndpoint) {
    const control = `edit-${endpoint.id}`
    return opened.form === 'change' && opened.id === endpoint.id ? (
      <li key={endpoint.id} className="py-3">
        <EndpointForm
          endpoint={endpoint}
          saved={(next, name) => finish(control, next, t('saved', { name }))}
          cancel={() => close(control)}
        />
      </li>
    ) : (
      <EndpointRow
        key={endpoint.id}
        endpoint={endpoint}
        edit={() => setOpened({ form: 'change', id: endpoint.id })}
        removed={(next) => finish('add', next, t('removed', { name: endpoint.name }))}
      />
    )
  }

  return (
    <section ref={section} aria-label={t('title')} className="border-t border-hairline py-3">
      <h3 className="text-sm font-medium">{t('title')}</h3>
      <p className="mt-0.5 text-xs leading-relaxed text-pretty text-soft">
        {listed.policy === 'public' ? t('hintPublic') : t('hint')}
      </p>
      <p role="status" className="sr-only">
        {news}
      </p>
      <ul className="mt-1 divide-y divide-hairline">{listed.endpoints.map(row)}</ul>
      {opened.form === 'new' ? (
        <EndpointForm
          saved={(next, name) => finish('add', next, t('saved', { name }))}
          cancel={() => close('add')}
        />
      ) : (
        <Button data-control="add" onClick={() => setOpened({ form: 'new' })} className="mt-2">
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </section>
  )
}
