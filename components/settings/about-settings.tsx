'use client'

import { ExternalLink } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type Health, useHealth } from '@/client/settings/use-health'

/** What runs here, how it is, and whose work it is made of. */
export function AboutSettings() {
  const t = useTranslations('settingsDialog')
  const health = useHealth()
  return (
    <>
      <dl aria-busy={health === undefined} className="text-sm">
        {health === 'unreachable' ? (
          <Fact name={t('server')} value={t('serverUnreachable')} />
        ) : null}
        {typeof health === 'object' ? <Facts health={health} /> : null}
      </dl>
      <a
        href="/licences"
        target="_blank"
        rel="noreferrer"
        className="mt-4 inline-flex min-h-8 items-center gap-1.5 rounded-inside text-sm text-river hover-able:underline pointer-coarse:min-h-11"
      >
        {t('licences')}
        <ExternalLink aria-hidden className="size-3.5" />
      </a>
    </>
  )
}

const engineNames: Record<string, string> = {
  sqlite: 'SQLite',
  postgres: 'Postgres',
  redis: 'Redis',
}

function Facts({ health: { version, ready, database, streamLog } }: { health: Health }) {
  const t = useTranslations('settingsDialog')
  const stateOf = (name: string, reachable: boolean) =>
    reachable ? name : t('partUnreachable', { name })
  return (
    <>
      <Fact name={t('version')} value={version} />
      <Fact name={t('server')} value={ready ? t('serverReady') : t('serverUnreachable')} />
      <Fact
        name={t('database')}
        value={stateOf(engineNames[database.engine] ?? database.engine, database.reachable)}
      />
      <Fact
        name={t('streamLog')}
        value={stateOf(engineNames[streamLog.kind] ?? t('inMemory'), streamLog.reachable)}
      />
    </>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex items-baseline justify-between gap-6 border-b border-hairline py-3">
      <dt className="text-soft">{name}</dt>
      <dd className="tabular text-end">{value}</dd>
    </div>
  )
}
