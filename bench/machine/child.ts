import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('../..', import.meta.url))

/** The core of the measured server; everything else, the bench included, runs on the other. */
export const serverCore = 0
export const otherCore = 1

export type Child = {
  process: ChildProcess
  pid: number
  output: () => string
  stop: () => Promise<void>
}

const alive = new Set<ChildProcess>()
const stopTimeoutMs = 3000

// However the bench ends, no process of its own is left behind.
process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => process.exit(1))

/** Moves this process to the other core; what it starts stays there. */
export function leaveServerCore(): void {
  spawnSync('taskset', ['-a', '-c', '-p', String(otherCore), String(process.pid)])
}

/** Runs Node with these arguments and these settings, on one core. */
export function startChild(
  args: readonly string[],
  {
    core,
    environment,
    cwd = projectRoot,
  }: { core: number; environment: Record<string, string>; cwd?: string },
): Child {
  const child = spawn('taskset', ['-c', String(core), process.execPath, ...args], {
    cwd,
    env: { ...environment, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  alive.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-10_000)
    })
  const gone = once(child, 'exit').then(() => alive.delete(child))
  return {
    process: child,
    pid: child.pid ?? 0,
    output: () => output,
    async stop() {
      child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs)
      await gone
      clearTimeout(timer)
    },
  }
}
