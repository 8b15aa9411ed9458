import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { browserPath } from '../rendering/browser'
import type { SeededServer } from '../rendering/long-chat/seeded-server'
import { runProgram } from './install'

export const forms = ['desktop', 'mobile'] as const
type Form = (typeof forms)[number]

export type Audit = {
  form: Form
  /** By category, from 0 to 100. */
  scores: Record<string, number>
  /** The figures that performance is made of, as Lighthouse writes them. */
  metrics: Record<string, string>
  /** What costs points, a line each. */
  faults: string[]
}

const categories = ['performance', 'accessibility', 'best-practices']
const metrics = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
  'speed-index',
]
const auditMsMax = 120_000

const reportSchema = z.object({
  categories: z.record(
    z.string(),
    z.object({
      score: z.number().nullable(),
      auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
    }),
  ),
  audits: z.record(
    z.string(),
    z.object({
      title: z.string(),
      score: z.number().nullable(),
      displayValue: z.string().optional(),
    }),
  ),
})
type Report = z.infer<typeof reportSchema>

/** Asks Lighthouse about the chat, on a desk or, with its slow processor and network, on a phone. */
export async function audit({
  server,
  folder,
  form,
}: {
  server: SeededServer
  folder: string
  form: Form
}): Promise<Audit> {
  const output = join(folder, `${form}.json`)
  const headers = join(folder, 'headers.json')
  const cookie = server.cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  await writeFile(headers, JSON.stringify({ Cookie: cookie }))
  await runProgram({
    command: [
      process.execPath,
      join(folder, 'node_modules/lighthouse/cli/index.js'),
      server.url + server.longChat.path,
      '--quiet',
      '--output=json',
      `--output-path=${output}`,
      `--only-categories=${categories.join(',')}`,
      `--extra-headers=${headers}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      ...(form === 'desktop' ? ['--preset=desktop'] : []),
    ],
    cwd: folder,
    timeoutMs: auditMsMax,
    environment: { ...(browserPath && { CHROME_PATH: browserPath }) },
  })
  return summarize(form, reportSchema.parse(JSON.parse(await readFile(output, 'utf8'))))
}

function summarize(form: Form, report: Report): Audit {
  const scores = Object.entries(report.categories).map(([id, { score }]) => [
    id,
    Math.round((score ?? 0) * 100),
  ])
  const figures = metrics.map((id) => [id, report.audits[id]?.displayValue ?? '—'])
  return {
    form,
    scores: Object.fromEntries(scores),
    metrics: Object.fromEntries(figures),
    faults: faultsOf(report),
  }
}

function faultsOf({ categories: all, audits }: Report): string[] {
  return Object.entries(all).flatMap(([category, { auditRefs }]) =>
    auditRefs.flatMap(({ id, weight }) => {
      const found = audits[id]
      if (!found || found.score === null || found.score >= 0.9 || weight === 0) return []
      return [`${category}: ${found.title}${found.displayValue ? ` (${found.displayValue})` : ''}`]
    }),
  )
}
