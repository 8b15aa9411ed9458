'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { ownEndpoints } from '@/client/settings/own-endpoints'
import { Button } from '@/components/ui/button'
import { IconButton } from '@/components/ui/icon-button'
import { showErrorToast } from '@/components/ui/toast'
import type { OwnEndpoint, OwnEndpoints } from '@/shared/models/own-endpoint'
import { classNames } from '@/shared/ui/class-names'
import { useEndpointProblemText } from './use-endpoint-problem-text'

type EndpointRowProps = {
  endpoint: OwnEndpoint
  edit: () => void
  removed: (next: OwnEndpoints) => void
}

export function EndpointRow({ endpoint, edit, removed }: EndpointRowProps) {
  const t = useTranslations('endpoints')
  const problemText = useEndpointProblemText()
  const [asking, setAsking] = useState(false)
  const row = useRef<HTMLLIElement>(null)
  const { id, name, baseUrl, key } = endpoint

  async function remove() {
    try {
      removed(await ownEndpoints.remove(id))
    } catch (error) {
      ask(false)
      showErrorToast(problemText(error).text)
    }
  }

  /** The focus goes to what stands where the pressed button stood. */
  function ask(next: boolean) {
    flushSync(() => setAsking(next))
    row.current?.querySelector<HTMLElement>('[data-control="remove"]')?.focus()
  }

  if (asking)
    return (
      <li ref={row} className="flex flex-wrap items-center gap-2 py-2 text-sm">
        <p className="me-auto min-w-0 wrap-anywhere">{t('removeQuestion', { name })}</p>
        <Button shape="quiet" onClick={() => ask(false)}>
          {t('cancel')}
        </Button>
        <Button data-control="remove" onClick={() => void remove()} className="text-danger">
          {t('removeNow')}
        </Button>
      </li>
    )

  return (
    <li ref={row} className="flex items-center gap-1 py-1.5">
      <div className="min-w-0 flex-1">
        <p className="text-sm wrap-anywhere">{name}</p>
        <p
          className={classNames(
            'text-xs wrap-anywhere',
            key.status === 'unreadable' ? 'text-amber' : 'text-faint',
          )}
        >
          {baseUrl} · {keyText()}
        </p>
      </div>
      <IconButton label={t('edit', { name })} data-control={`edit-${id}`} onClick={edit}>
        <Pencil aria-hidden />
      </IconButton>
      <IconButton label={t('remove', { name })} data-control="remove" onClick={() => ask(true)}>
        <Trash2 aria-hidden />
      </IconButton>
    </li>
  )

  function keyText(): string {
    switch (key.status) {
      case 'none':
        return t('keyNone')
      case 'stored':
        return key.end ? t('keyEnd', { end: key.end }) : t('keyStored')
      case 'unreadable':
        return t('keyUnreadable')
    }
  }
}
