import 'server-only'
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(new URL('./child.ts', import.meta.url))
const hooks = new URL('./resolve-typescript.mjs', import.meta.url).href

export type Child = {
  /** What the child says next, a line each. */
  nextLine(): Promise<string>
  go(): void
  /** SIGKILL: no handler runs, nothing is flushed. Resolves with the lines said until then, once the process is gone. */
  kill(): Promise<string[]>
  exitCode: Promise<number | null>
}

/** A real process with a connection of its own to a data folder or a Postgres: `begin` waits for `go` and begins a run, `checkpoint` writes until killed. */
export function startChild(task: 'begin' | 'checkpoint', place: string, name: string): Child {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ['--conditions=react-server', '--import', hooks, script, task, place, name],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  )
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
  const exitCode = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', reject)
  })

  async function nextLine(): Promise<string> {
    const line = await lines.next()
    if (line.done) throw new Error('The child process ended before it said anything more.')
    return line.value
  }

  return {
    nextLine,
    exitCode,
    go: () => child.stdin.end('go\n'),
    async kill() {
      child.kill('SIGKILL')
      const rest = await Array.fromAsync({ [Symbol.asyncIterator]: () => lines })
      await exitCode
      return rest
    },
  }
}
