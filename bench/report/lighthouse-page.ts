import type { Audit } from '../lighthouse/audit'
import type { Machine } from '../machine/machine'
import { markdownTable } from './table'

type LighthouseRun = {
  date: string
  version: string
  /** Of each form; the audit with the median performance is the one that counts. */
  rounds: number
  machine: Machine
  audits: readonly Audit[]
}

const scoreMin = 95

/** What `npm run bench:lighthouse` prints. */
export function lighthousePage(run: LighthouseRun): string {
  const faults = run.audits.flatMap(({ form, faults: found }) =>
    found.map((fault) => `- ${form}, ${fault}`),
  )
  return `${[`# Lighthouse on ${run.date.slice(0, 10)}`, lighthouseTable(run), faults.join('\n')].filter(Boolean).join('\n\n')}\n`
}

export function lighthouseTable({ version, rounds, machine, audits }: LighthouseRun): string {
  const conditions = `Lighthouse ${version} on ${machine.cpu}, ${machine.cores} cores, medians of ${rounds} rounds; ${scoreMin} and more is the target.`
  return `${conditions}\n\n${markdownTable(
    [
      'form',
      'performance',
      'accessibility',
      'best practices',
      'first paint',
      'largest paint',
      'blocking time',
      'layout shift',
      '',
    ],
    audits.map(({ form, scores, metrics }) => [
      form,
      ...['performance', 'accessibility', 'best-practices'].map((id) => String(scores[id] ?? '—')),
      ...[
        'first-contentful-paint',
        'largest-contentful-paint',
        'total-blocking-time',
        'cumulative-layout-shift',
      ].map((id) => metrics[id] ?? '—'),
      Object.values(scores).every((score) => score >= scoreMin) ? 'met' : 'not met',
    ]),
  )}`
}
