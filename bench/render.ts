import { parseArgs } from 'node:util'
import { buildIfNeeded } from '../scripts/build-if-needed.mjs'
import { readEnvironment } from '../scripts/read-environment.mjs'
import { projectRoot } from './machine/child'
import { describeMachine, loadAverage } from './machine/machine'
import { launchBrowsers, type Browsers } from './rendering/browser'
import { contenderIds, type ContenderId } from './rendering/contenders'
import { NotShownError } from './rendering/correctness'
import { measureLongChat } from './rendering/long-chat/long-chat'
import { measureCell } from './rendering/measure-cell'
import { measureRenderProfile } from './rendering/measure-profile'
import { fullPlan, quickPlan, type Cell } from './rendering/plan'
import type { CellResult, RenderResults, Taken } from './rendering/results'
import { startSite } from './rendering/site-server'
import { formatFiles, writeBetweenMarkers } from './report/between-markers'
import { renderPage, renderTables, renderTargetsTable } from './report/render-page'
import { writeResults } from './report/write-results'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    /** Contenders, with commas. */
    only: { type: 'string' },
    /** Documents, with commas, or `chat` for the app with a long chat. */
    documents: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'boolean', default: false },
    'write-docs': { type: 'boolean', default: false },
  },
})

const minutesMax = 75
const plan = flags.quick ? quickPlan : fullPlan
const rounds = flags.rounds ? Number(flags.rounds) : plan.rounds
const chosen = contenderIds.filter((id) => isIn(flags.only, id))
const cells = plan.cells.filter(({ document }) => isIn(flags.documents, document))
const say = (line: string) => console.log(line)

// The bench ends by itself, whatever hangs.
setTimeout(() => {
  console.error(`The bench was not done after ${minutesMax} minutes.`)
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
  const site = await startSite(say)
  const browsers = await launchBrowsers()
  try {
    if (flags.profile) return await profile(browsers, site.url)
    await report(await measure(browsers, site.url))
  } finally {
    await browsers.close()
    await site.stop()
  }
}

async function measure(browsers: Browsers, siteUrl: string): Promise<RenderResults> {
  const loadAverages = [await loadAverage()]
  const results: CellResult[] = []
  for (const cell of cells) {
    results.push(await measureAll({ browsers, siteUrl, cell }))
    loadAverages.push(await loadAverage())
  }
  return {
    date: new Date().toISOString(),
    quick: flags.quick,
    rounds,
    intervalMs: plan.intervalMs,
    machine: describeMachine(),
    browser: browsers.paced.version(),
    loadAverages,
    cells: results,
    longChat: isIn(flags.documents, 'chat') ? await longChat(browsers) : undefined,
  }
}

type Place = { browsers: Browsers; siteUrl: string; cell: Cell }

/** Contenders take turns, so that whatever slows the machine down for a while slows all of them. */
async function measureAll(place: Place): Promise<CellResult> {
  const { limitMs: _, ...cell } = place.cell
  const taken: Taken[] = chosen.map((contender) => ({ contender, rounds: [] }))
  for (let round = 1; round <= rounds; round += 1)
    for (const one of taken) if (isWorthARound(one)) await takeRound(one, place)
  return { ...cell, taken }
}

/** What takes long is measured once: it is far from anybody else. */
function isWorthARound({ rounds: [first], fault }: Taken): boolean {
  return !fault && (!first || (first.complete && first.wallMs < plan.cheapMs))
}

async function takeRound(taken: Taken, { browsers, siteUrl, cell }: Place): Promise<void> {
  const { contender } = taken
  const { intervalMs } = plan
  try {
    const figures = await measureCell({ browsers, siteUrl, contender, cell, intervalMs })
    taken.rounds.push(figures)
    say(`${nameOf(cell)}: ${contender}, ${figures.scriptMs.toFixed(0)} ms of scripting`)
  } catch (error) {
    if (!(error instanceof NotShownError)) throw error
    taken.fault = error.message
    say(`${nameOf(cell)}: ${error.message}`)
    process.exitCode = 1
  }
}

async function longChat(browsers: Browsers) {
  const environment = readEnvironment({ root: projectRoot, mode: 'production' })
  const lock = await buildIfNeeded({ root: projectRoot, environment })
  say('The app with a long chat')
  try {
    return await measureLongChat(browsers, plan.longChat)
  } finally {
    lock.close()
  }
}

async function report(results: RenderResults): Promise<void> {
  const page = renderPage(results)
  say(`\n${page}`)
  const name = results.quick ? 'render-quick' : 'render'
  const paths = await writeResults({ name, results, page })
  say(`Written to ${paths.join(' and ')}.`)
  if (flags['write-docs']) await writeDocs(results)
}

async function writeDocs(results: RenderResults): Promise<void> {
  const page = 'docs/performance.md'
  await writeBetweenMarkers({ page, name: 'render', text: renderTables(results) })
  await writeBetweenMarkers({ page, name: 'render-targets', text: renderTargetsTable(results) })
  formatFiles([page])
}

async function profile(browsers: Browsers, siteUrl: string): Promise<void> {
  const { intervalMs } = plan
  for (const cell of cells)
    for (const contender of chosen) {
      const place = { browsers, siteUrl, cell, contender, intervalMs }
      const { path, page } = await measureRenderProfile(place)
      say(`\n${nameOf(cell)}: ${contender}, self time\n\n${page}\n\nThe profile: ${path}`)
    }
}

function nameOf({ document, kilobytes, mode, throttle }: Cell): string {
  return `${kilobytes} KB ${document}, ${mode}${throttle > 1 ? `, ${throttle} × slower` : ''}`
}

function isIn(names: string | undefined, name: ContenderId | Cell['document'] | 'chat'): boolean {
  return names === undefined || names.split(',').includes(name)
}
