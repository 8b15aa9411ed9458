import { parseArgs } from 'node:util'
import { startRedis } from '@/e2e/servers/redis'
import { buildIfNeeded } from '../scripts/build-if-needed.mjs'
import { readEnvironment } from '../scripts/read-environment.mjs'
import type { Contender } from './contenders/contender'
import { contenders } from './contenders/contenders'
import { buildApp, usualFolder } from './contenders/app-build'
import { createLaboratory, WrongStreamError, type Laboratory } from './laboratory'
import { leaveServerCore, projectRoot } from './machine/child'
import { describeMachine, loadAverage } from './machine/machine'
import { medianOf } from './measures/median-of'
import { measureCycles, measureMemory } from './measures/memory'
import { measureProfile } from './measures/profile'
import { measureResume, type Resume } from './measures/resume'
import { measureStreaming, type Streaming } from './measures/streaming'
import { fullPlan, quickPlan, type Plan } from './plan'
import {
  benchPage,
  contendersTable,
  conditions,
  cyclesLines,
  targetsTable,
} from './report/bench-page'
import { formatFiles, writeBetweenMarkers } from './report/between-markers'
import { writeResults } from './report/write-results'
import type { ContenderResults, Results } from './results'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    rounds: { type: 'string' },
    profile: { type: 'boolean', default: false },
    'write-docs': { type: 'boolean', default: false },
  },
})

const minutesMax = 20
const say = (line: string) => console.log(line)

// The bench ends by itself, whatever hangs.
setTimeout(() => {
  console.error(`The bench was not done after ${minutesMax} minutes.`)
  process.exit(1)
}, minutesMax * 60_000).unref()

try {
  await run()
  process.exit(0)
} catch (error) {
  console.error(error instanceof WrongStreamError ? error.message : error)
  process.exit(1)
}

async function run(): Promise<void> {
  const plan = planOf(flags)
  const environment = readEnvironment({ root: projectRoot, mode: 'production' })
  const lock = await buildIfNeeded({ root: projectRoot, environment })
  await buildApp({ folder: usualFolder, sources: [usualFolder], say })
  leaveServerCore()
  const redis = await startRedis()
  if (!redis) say('No Redis: what needs one is left out. Install redis-server or set REDIS_URL.')
  try {
    const chosen = contenders({ redisUrl: redis?.url }).filter(isChosen)
    const laboratory = await createLaboratory()
    if (flags.profile) return await profile({ laboratory, contender: chosen[0], plan })
    await report(await measure({ laboratory, chosen, plan }))
  } finally {
    await redis?.stop()
    lock.close()
  }
}

function planOf({ quick, rounds }: { quick: boolean; rounds?: string | undefined }): Plan {
  const plan = quick ? quickPlan : fullPlan
  return { ...plan, ...(rounds && { rounds: Number(rounds) }) }
}

function isChosen({ id }: Contender): boolean {
  return !flags.only || flags.only.split(',').includes(id)
}

type Taken = { streaming: Streaming[]; resumes: Resume[] }

/** Contenders take turns, so that whatever slows the machine down for a while slows all of them. */
async function measure({
  laboratory,
  chosen,
  plan,
}: {
  laboratory: Laboratory
  chosen: readonly Contender[]
  plan: Plan
}): Promise<Results> {
  const taken = new Map<Contender, Taken>(
    chosen.map((contender) => [contender, { streaming: [], resumes: [] }]),
  )
  const loadAverages = [await loadAverage()]
  for (let round = 1; round <= plan.rounds; round++) {
    for (const [contender, { streaming, resumes }] of taken) {
      say(`Round ${round} of ${plan.rounds}: ${contender.label}`)
      const from = streaming.at(-1)?.streamsMax
      streaming.push(
        await measureStreaming({ laboratory, contender, plan, from: from && from * 0.85 }),
      )
      if (contender.instances) resumes.push(await measureResume({ laboratory, contender, plan }))
    }
    loadAverages.push(await loadAverage())
  }
  const results: ContenderResults[] = []
  for (const [contender, { streaming, resumes }] of taken) {
    say(`Memory: ${contender.label}`)
    const options = { laboratory, contender, plan }
    results.push({
      id: contender.id,
      label: contender.label,
      streaming: {
        ...medianOf(streaming),
        streamsMaxIsBound: streaming.some((each) => each.streamsMaxIsBound),
      },
      rounds: streaming,
      ...(resumes.length > 0 && { resume: medianOf(resumes), resumeRounds: resumes }),
      memory: await measureMemory(options),
      ...(contender.id.startsWith('ours') && { cycles: await measureCycles(options) }),
    })
  }
  return {
    date: new Date().toISOString(),
    quick: flags.quick,
    plan,
    machine: describeMachine(),
    loadAverages,
    streamsCompared: laboratory.streamsCompared,
    contenders: results,
  }
}

async function report(results: Results): Promise<void> {
  const page = benchPage(results)
  say(`\n${page}`)
  const name = results.quick ? 'bench-quick' : 'bench'
  const paths = await writeResults({ name, results, page })
  say(`Written to ${paths.join(' and ')}.`)
  if (flags['write-docs']) await writeDocs(results)
}

async function writeDocs(results: Results): Promise<void> {
  const tables = [conditions(results), contendersTable(results), cyclesLines(results)]
  const targets = targetsTable(results)
  await writeBetweenMarkers({
    page: 'docs/benchmarks.md',
    name: 'bench',
    text: tables.join('\n\n'),
  })
  for (const page of ['docs/benchmarks.md', 'docs/protocol.md'])
    await writeBetweenMarkers({ page, name: 'bench-targets', text: targets })
  formatFiles(['docs/benchmarks.md', 'docs/protocol.md'])
}

async function profile({
  laboratory,
  contender,
  plan,
}: {
  laboratory: Laboratory
  contender: Contender | undefined
  plan: Plan
}): Promise<void> {
  if (!contender) throw new Error('There is no such contender; see --only in docs/benchmarks.md.')
  const { path, page } = await measureProfile({ laboratory, contender, plan })
  say(`\n${contender.label}: self time of its functions\n\n${page}\n\nThe profile: ${path}`)
}
