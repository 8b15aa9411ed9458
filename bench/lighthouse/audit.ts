import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { chromium } from 'playwright'
import { z } from 'zod'
import { freePort } from '@/e2e/fixtures/free-port'
import { browserPath, quiet } from '../rendering/browser'
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
  const port = await freePort()
  const browser = await chromium.launch({
    ...(browserPath && { executablePath: browserPath }),
    args: [...quiet, `--remote-debugging-port=${port}`],
  })
  try {
    // Where the pages that Lighthouse opens look for them, and their service worker too.
    const { cookies } = server
    await (await browser.newBrowserCDPSession()).send('Storage.setCookies', { cookies })
    await runProgram({
      command: [
        process.execPath,
        join(folder, 'node_modules/lighthouse/cli/index.js'),
        server.url + server.longChat.path,
        '--quiet',
        '--output=json',
        `--output-path=${output}`,
        `--only-categories=${categories.join(',')}`,
        `--port=${port}`,
        '--disable-storage-reset',
        ...(form === 'desktop' ? ['--preset=desktop'] : []),
      ],
      cwd: folder,
      timeoutMs: auditMsMax,
    })
  } finally {
    await browser.close()
  }
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
