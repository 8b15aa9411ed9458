import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Writable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'

/** A server of the tests: one process at a time on the same port and folder. */
export type ServerProcess = {
  /** Sends the signal; for one that ends the process, resolves once it has. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Ends the process if it runs, and starts another in its place. */
  restart(): Promise<void>
  /** Ends the process and removes its folder. */
  stop(): Promise<void>
}

export type ServerProcessOptions = {
  command: string
  args: readonly string[]
  /** Removed at the end. */
  folder: string
  /** What makes it end at once and clean up after itself. */
  endSignal: NodeJS.Signals
  /** Who runs it; this process's user when left out. */
  user?: { uid: number; gid: number } | undefined
  /** Throws while the server does not answer yet. */
  probe: () => Promise<void>
}

const startTimeoutMs = 20_000
const probeIntervalMs = 20

const passing: ReadonlySet<NodeJS.Signals> = new Set(['SIGSTOP', 'SIGCONT'])

export function makeServerFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `rivulet-${name}-`))
}

/** Starts a server and waits until it answers. It and its folder go when this process goes, however that ends. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  let current = launch(options)

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (isRunning(current.child)) {
      current.child.kill(signal)
      // One that was paused notices only now.
      current.child.kill('SIGCONT')
    }
    await current.ended
  }

  async function stop(): Promise<void> {
    await end(options.endSignal)
    await rm(options.folder, { recursive: true, force: true })
  }

  await answering(current, options).catch(async (error: unknown) => {
    await stop()
    throw error
  })

  return {
    stop,
    async kill(signal) {
      if (passing.has(signal)) current.child.kill(signal)
      else await end(signal)
    },
    async restart() {
      await end(options.endSignal)
      current = launch(options)
      await answering(current, options)
    },
  }
}

type Launched = { child: ChildProcess; ended: Promise<void>; output: () => string }

function launch({ command, args, folder, user }: ServerProcessOptions): Launched {
  const child = spawn(command, args, { ...user, cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const guard = startGuard(child, folder)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-4000)
    })
  const ended = once(child, 'close').then(() => {
    guard.kill('SIGKILL')
    guard.stdin.destroy()
  })
  return { child, ended, output: () => output }
}

/** Outlives this process by a moment, also when that is killed: the end of its input is the sign. */
function startGuard(
  server: ChildProcess,
  folder: string,
): ChildProcessByStdio<Writable, null, null> {
  const script = 'read -r _; kill -QUIT $1; kill -CONT $1; sleep 1; kill -KILL $1; rm -rf "$2"'
  const guard: ChildProcessByStdio<Writable, null, null> = spawn(
    'sh',
    ['-c', script, 'guard', String(server.pid), folder],
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  )
  guard.unref()
  return guard
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null
}

async function answering(
  { child, ended, output }: Launched,
  { command, probe }: ServerProcessOptions,
): Promise<void> {
  const deadline = Date.now() + startTimeoutMs
  while (isRunning(child) && Date.now() < deadline) {
    try {
      await probe()
      return
    } catch {
      await Promise.race([delay(probeIntervalMs), ended])
    }
  }
  child.kill('SIGKILL')
  throw new Error(`${command} does not answer:\n${output()}`)
}
