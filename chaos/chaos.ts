import { parseArgs } from 'node:util'
import { buildIfNeeded } from '../scripts/build-if-needed.mjs'
import { readEnvironment } from '../scripts/read-environment.mjs'
import { projectRoot } from '@/e2e/fixtures/child-process'
import { runChaos } from './run-chaos'

const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', default: '1000' },
    seed: { type: 'string' },
    instances: { type: 'string', default: '3' },
    seconds: { type: 'string' },
    concurrency: { type: 'string', default: '40' },
    log: { type: 'string', default: 'redis' },
  },
})

// What is restarted and emptied here must be nobody's but ours.
delete process.env['REDIS_URL']
delete process.env['DATABASE_URL']

const say = (line: string) => console.log(line)
const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => interruption.abort(new Error(`${signal} ended the run.`)))

// At once: left to end by itself, Node now and then spins for ever over a socket that was cut in the middle of its connecting.
process.exit(await run())

async function run(): Promise<number> {
  const environment = readEnvironment({ root: projectRoot, mode: 'production' })
  const lock = await buildIfNeeded({ root: projectRoot, environment, say })
  try {
    return await runChaos({
      runs: Number(flags.runs),
      seed: flags.seed === undefined ? Math.floor(Math.random() * 1e6) : Number(flags.seed),
      instances: Number(flags.instances),
      seconds: flags.seconds === undefined ? Infinity : Number(flags.seconds),
      concurrency: Number(flags.concurrency),
      log: flags.log === 'memory' ? 'memory' : 'redis',
      say,
      signal: interruption.signal,
    })
  } catch (error) {
    console.error(interruption.signal.aborted ? String(interruption.signal.reason) : error)
    return 1
  } finally {
    lock.close()
  }
}
