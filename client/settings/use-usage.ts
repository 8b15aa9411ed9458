'use client'

import { useEffect, useState } from 'react'
import type { UsageReport } from '@/shared/usage/usage-report'
import { browserFetch, requestJson } from '../api/http'

type Asked = { query: string; report: UsageReport | 'failed' }

const schema = async () => (await import('@/shared/usage/usage-report')).usageReportSchema

/** What was used, by a query of `GET /api/usage`. `undefined` while it is asked for. */
export function useUsage(query: Record<string, string>): UsageReport | 'failed' | undefined {
  const wanted = new URLSearchParams(query).toString()
  const [asked, setAsked] = useState<Asked>()
  useEffect(() => {
    const abort = new AbortController()
    requestJson(browserFetch, `/api/usage?${wanted}`, { schema, signal: abort.signal })
      .then((report) => setAsked({ query: wanted, report }))
      .catch(() => abort.signal.aborted || setAsked({ query: wanted, report: 'failed' }))
    return () => abort.abort()
  }, [wanted])
  return asked?.query === wanted ? asked.report : undefined
}
