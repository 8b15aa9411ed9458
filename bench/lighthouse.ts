import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfNeeded } from '../scripts/build-if-needed.mjs'
import { readEnvironment } from '../scripts/read-environment.mjs'
import { projectRoot } from './machine/child'
import { describeMachine } from './machine/machine'
import { installLighthouse, lighthouseVersion } from './lighthouse/install'
import { audit, forms, type Audit } from './lighthouse/audit'
import { withSeededServer, type SeededServer } from './rendering/long-chat/seeded-server'
import { formatFiles, writeBetweenMarkers } from './report/between-markers'
import { lighthousePage, lighthouseTable } from './report/lighthouse-page'
import { writeResults } from './report/write-results'

const { values: flags } = parseArgs({
  options: { 'write-docs': { type: 'boolean', default: false } },
})

const minutesMax = 10
const rounds = 3

// It ends by itself, whatever hangs.
setTimeout(() => {
  console.error(`Lighthouse was not done after ${minutesMax} minutes.`)
  process.exit(1)
}, minutesMax * 60_000).unref()

try {
  await run()
} catch (error) {
  console.error(error)
  process.exitCode = 1
}
process.exit()

async function run(): Promise<void> {
  const environment = readEnvironment({ root: projectRoot, mode: 'production' })
  const lock = await buildIfNeeded({ root: projectRoot, environment })
  const folder = await mkdtemp(join(tmpdir(), 'rivulet-lighthouse-'))
  try {
    console.log(`Installing Lighthouse ${lighthouseVersion} into a temporary folder …`)
    await installLighthouse(folder)
    // A few turns with everything in them that Markdown can bring.
    await withSeededServer({ messages: 6, bytes: 20_000 }, async (server) =>
      report(await auditAll(server, folder)),
    )
  } finally {
    lock.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Of some rounds of each form, the one whose performance is the median. */
async function auditAll(server: SeededServer, folder: string): Promise<Audit[]> {
  const taken = forms.map((form) => ({ form, audits: new Array<Audit>() }))
  for (let round = 0; round < rounds; round += 1)
    for (const { form, audits } of taken) audits.push(await audit({ server, folder, form }))
  return taken.flatMap(({ audits }) => {
    const sorted = audits.toSorted((one, other) => performanceOf(one) - performanceOf(other))
    return sorted[Math.floor(sorted.length / 2)] ?? []
  })
}

function performanceOf({ scores }: Audit): number {
  return scores['performance'] ?? 0
}

async function report(audits: Audit[]): Promise<void> {
  const results = {
    date: new Date().toISOString(),
    version: lighthouseVersion,
    rounds,
    machine: describeMachine(),
    audits,
  }
  const page = lighthousePage(results)
  console.log(`\n${page}`)
  const paths = await writeResults({ name: 'lighthouse', results, page })
  console.log(`Written to ${paths.join(' and ')}.`)
  if (!flags['write-docs']) return
  const docs = 'docs/performance.md'
  await writeBetweenMarkers({ page: docs, name: 'lighthouse', text: lighthouseTable(results) })
  formatFiles([docs])
}
