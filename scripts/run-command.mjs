import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Runs one shell command with the project's own tools in front, and waits for its exit code. */
export async function runCommand({ root, command, environment = {} }) {
  const child = start({ root, command, environment, stdio: 'inherit' })
  return exitCode(child)
}

/** The same, quietly: what it printed comes back instead of being shown. */
export async function runQuietly({ root, command, environment = {} }) {
  const child = start({
    root,
    command: `${command} 2>&1`,
    environment: { ...colors(), ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [code, output] = await Promise.all([exitCode(child), text(child.stdout)])
  return { code, output }
}

function start({ root, command, environment, stdio }) {
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter)
  return spawn(command, {
    cwd: root,
    shell: true,
    stdio,
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', PATH: path, ...environment },
  })
}

function exitCode(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve(code ?? 1))
  })
}

const colors = () => (process.stdout.isTTY ? { FORCE_COLOR: '1' } : {})
