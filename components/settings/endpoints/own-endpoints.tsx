'use client'

import { Plus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { unsaved } from '@/client/settings/unsaved'
import { useOwnEndpoints } from '@/client/settings/use-own-endpoints'
import { useUnsaved } from '@/client/settings/use-unsaved'
import { Button } from '@/components/ui/button'
import type { OwnEndpoint, OwnEndpoints as Listed } from '@/shared/models/own-endpoint'
import { EndpointForm, newId } from './endpoint-form'
import { EndpointRow } from './endpoint-row'

type Finished = { id: string; control: string; next: Listed; said: string }

/** What the user brought along, where that is allowed: to add, change and delete. */
export function OwnEndpoints() {
  const t = useTranslations('endpoints')
  const { listed, take } = useOwnEndpoints()
  const edits = useUnsaved(unsaved.models)
  const [news, setNews] = useState('')
  const section = useRef<HTMLElement>(null)

  if (listed === 'failed') return <p className="py-3 text-sm text-danger">{t('loadFailed')}</p>
  if (listed === undefined || listed.policy === 'off') return null

  /** Back to what opened the form, unless somebody has gone on to another; drawn first, for that stands in its place. */
  function close(id: string, control: string) {
    flushSync(() => unsaved.models.end(id))
    if (document.activeElement?.closest('form')) return
    section.current?.querySelector<HTMLElement>(`[data-control="${control}"]`)?.focus()
  }

  function finish({ id, control, next, said }: Finished) {
    take(next)
    setNews(said)
    close(id, control)
  }

  function row(endpoint: OwnEndpoint) {
    const { id, kind, name, baseUrl } = endpoint
    const control = `edit-${id}`
    const edited = edits.get(id)
    return edited ? (
      <li key={id} className="py-3">
        <EndpointForm
          edited={edited}
          endpoint={endpoint}
          saved={(next, said) => finish({ id, control, next, said: t('saved', { name: said }) })}
          cancel={() => close(id, control)}
        />
      </li>
    ) : (
      <EndpointRow
        key={id}
        endpoint={endpoint}
        edit={() => begin(id, { kind, name, baseUrl })}
        removed={(next) =>
          finish({ id, control: 'add', next, said: t('removed', { name: endpoint.name }) })
        }
      />
    )
  }

  const added = edits.get(newId)

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
      {added ? (
        <EndpointForm
          edited={added}
          saved={(next, name) =>
            finish({ id: newId, control: 'add', next, said: t('saved', { name }) })
          }
          cancel={() => close(newId, 'add')}
        />
      ) : (
        <Button
          data-control="add"
          onClick={() => begin(newId, { kind: 'compatible', name: '', baseUrl: '' })}
          className="mt-2"
        >
          <Plus aria-hidden className="size-3.5" />
          {t('add')}
        </Button>
      )}
    </section>
  )
}

function begin(id: string, fields: Pick<OwnEndpoint, 'kind' | 'name' | 'baseUrl'>): void {
  unsaved.models.begin(id, { ...fields, apiKey: '', withoutKey: false })
}
