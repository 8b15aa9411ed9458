import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { hashBuildInputs } from './build-inputs.mjs'
import { openBuildLock } from './build-lock.mjs'
import { writeLocaleFiles } from './locale-files.mjs'
import { requireBuildTools } from './require-installation.mjs'
import { StartupError } from './startup-error.mjs'

const pollMs = 200
const serverInTheWayMs = 3000

/**
 * Makes sure `.next` holds a finished build of the present sources, building it if it does not.
 * The returned lock keeps every other process from replacing the build until it is closed.
 */
export async function buildIfNeeded({ root, environment, say = console.log }) {
  await writeLocaleFiles(root)
  const inputs = await hashBuildInputs({ root, environment })
  const lock = openBuildLock(join(root, '.next/cache/rivulet-build.lock'))
  const isBuilt = async () => (await readBuiltInputs(root)) === inputs
  const turn = createTurn({ lock, say })

  while (!((await turn.toUse()) && (await isBuilt()))) {
    if (!(await turn.toBuild())) continue
    if (!(await isBuilt())) await build({ root, environment, inputs, say })
  }
  return lock
}

/** Who may do what next; each call gives up what the last one held. */
function createTurn({ lock, say }) {
  let blockedMs = 0
  let told = false

  const toUse = async () => {
    lock.release()
    while (!lock.tryShare()) {
      blockedMs = 0
      if (!told) say('Waiting for a build that another process makes in this folder …')
      told = true
      await wait(pollMs)
    }
    return true
  }

  const toBuild = async () => {
    lock.release()
    if (lock.tryOwn()) return true
    if (blockedMs >= serverInTheWayMs) throw serverInTheWay()
    blockedMs += pollMs
    await wait(pollMs)
    return false
  }

  return { toUse, toBuild }
}

function serverInTheWay() {
  return new StartupError(
    'The sources changed, but a Rivulet that was started earlier in this folder still uses the old build.\n' +
      'Stop it, then start again.',
  )
}

async function build({ root, environment, inputs, say }) {
  requireBuildTools({ root })
  const startedAt = performance.now()
  await rm(stampPath(root), { force: true })
  say('Building Rivulet: the first start, or the sources changed. This can take a minute …')
  await runNextBuild({ root, environment, say })
  const buildId = await readBuildId(root)
  await writeFile(stampPath(root), JSON.stringify({ inputs, buildId }))
  say(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`)
}

async function runNextBuild({ root, environment, say }) {
  const child = spawn(process.execPath, [join(root, 'node_modules/next/dist/bin/next'), 'build'], {
    cwd: root,
    env: { NEXT_TELEMETRY_DISABLED: '1', ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stopListening = endWithParent(child)
  const told = Promise.all([tellProgress(child.stdout, say), tellProgress(child.stderr, say)])
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  await told
  stopListening()
  if (code !== 0) throw new StartupError('The build failed; the reason is above.')
}

/** Shows what the build says, indented, without blank lines and the table of routes at its end. */
async function tellProgress(stream, say) {
  let inTable = false
  for await (const line of createInterface({ input: stream })) {
    inTable ||= line.startsWith('Route (')
    if (!inTable && line.trim()) say(`  ${line}`)
  }
}

function endWithParent(child) {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  const end = (signal) => {
    child.kill(signal)
    process.exit(128 + constants.signals[signal])
  }
  for (const signal of signals) process.once(signal, end)
  return () => signals.forEach((signal) => process.off(signal, end))
}

const stampPath = (root) => join(root, '.next/rivulet-build.json')

/** The inputs of the finished build in `.next`, if there is one. */
async function readBuiltInputs(root) {
  try {
    const { inputs, buildId } = JSON.parse(await readFile(stampPath(root), 'utf8'))
    return buildId === (await readBuildId(root)) ? inputs : undefined
  } catch {
    return undefined
  }
}

function readBuildId(root) {
  return readFile(join(root, '.next/BUILD_ID'), 'utf8')
}
