import { parseArgs } from 'node:util'
import { leaveServerCore, otherCore, serverCore, startChild } from './machine/child'
import { describeMachine, loadAverage } from './machine/machine'
import { formatFiles, writeBetweenMarkers } from './report/between-markers'
import { transportTables, type TransportRun } from './report/transport-page'
import { writeResults } from './report/write-results'
import { measureTransport, type TransportPlan, type TransportResults } from './transport/measure'

const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    'write-docs': { type: 'boolean', default: false },
  },
})

const plan: TransportPlan = flags.quick
  ? { rounds: 1, streams: 50, tokens: 150, windowMs: 1000, repeats: 3, proxyTokens: 120 }
  : { rounds: 3, streams: 50, tokens: 500, windowMs: 5000, repeats: 15, proxyTokens: 250 }
const transports = ['sse-http1', 'sse-http2', 'websocket', 'websocket-deflate'] as const
const minutesMax = 10

// The bench ends by itself, whatever hangs.
setTimeout(() => {
  console.error(`The bench was not done after ${minutesMax} minutes.`)
  process.exit(1)
}, minutesMax * 60_000).unref()

try {
  await report(await run())
  process.exit(0)
} catch (error) {
  console.error(error)
  process.exit(1)
}

async function run(): Promise<TransportRun> {
  leaveServerCore()
  const before = await loadAverage()
  const results: TransportResults[] = []
  for (const transport of transports) {
    console.log(`Measuring ${transport} …`)
    results.push(await measureAlone(transport))
  }
  return {
    date: new Date().toISOString(),
    quick: flags.quick,
    plan,
    machine: describeMachine(),
    loadAverages: [before, await loadAverage()],
    transports: results,
  }
}

/** Fresh processes for each, so that none inherits the other's compiled code and memory. */
async function measureAlone(transport: (typeof transports)[number]): Promise<TransportResults> {
  const parts = {
    server: startPart('server', serverCore),
    client: startPart('client', otherCore),
    network: startPart('network', otherCore),
  }
  try {
    return await measureTransport(parts, { transport, plan })
  } finally {
    await Promise.all(Object.values(parts).map((part) => part.stop()))
  }
}

function startPart(name: string, core: number) {
  const args = ['--import', './bench/register.mjs', `bench/transport/${name}.ts`]
  return startChild(args, { core, environment: { PATH: process.env['PATH'] ?? '' } })
}

async function report(results: TransportRun): Promise<void> {
  const title = `# Transports, ${results.date.slice(0, 10)}${results.quick ? ', quick: rough figures' : ''}`
  const page = `${title}\n\n${transportTables(results, 'en')}\n`
  console.log(`\n${page}`)
  const name = results.quick ? 'transport-quick' : 'transport'
  const paths = await writeResults({ name, results, page })
  console.log(`Written to ${paths.join(' and ')}.`)
  if (flags['write-docs']) await writeDocs(results)
}

async function writeDocs(results: TransportRun): Promise<void> {
  const pages = ['docs/sse-or-websocket.md', 'docs/sse-or-websocket.zh-CN.md']
  const texts = [transportTables(results, 'en'), transportTables(results, 'zh-CN')]
  for (const [index, page] of pages.entries())
    await writeBetweenMarkers({ page, name: 'bench-transport', text: texts[index] ?? '' })
  formatFiles(pages)
}
