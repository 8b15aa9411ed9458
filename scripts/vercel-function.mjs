import { spawn } from 'node:child_process'
import { copyFileSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const launcher = fileURLToPath(new URL('vercel-launcher.mjs', import.meta.url))
const startTimeoutMs = 20_000

/**
 * Lays a function out as it lies on Vercel and starts it there: production settings, no file that it did not bring,
 * and a disk that can be read only. A function that opens SQLite is ended.
 *
 * @param {{ built: import('./vercel-output.mjs').VercelFunction; folder: string; settings: Record<string, string> }} options
 * @returns {Promise<{ url: string; output: () => string; stop: () => Promise<void> }>}
 */
export async function startFunction({ built, folder, settings }) {
  for (const [name, from] of built.files) copyFile({ from, to: join(folder, name) })
  const child = spawn(
    process.execPath,
    [...readOnly(folder), launcher, join(folder, built.config.handler)],
    {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        VERCEL: '1',
        VERCEL_REGION: 'iad1',
        ...settings,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  )
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  const ended = new Promise((resolve) => child.once('close', resolve))
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const port = await listening({ child, ended }).catch(async (error) => {
    await stop()
    throw new Error(`${error.message}\n${output}`)
  })
  return { url: `http://127.0.0.1:${port}`, output: () => output, stop }
}

function copyFile({ from, to }) {
  mkdirSync(dirname(to), { recursive: true })
  if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to)
  else copyFileSync(from, to)
}

function readOnly(folder) {
  return [
    '--permission',
    `--allow-fs-read=${folder}`,
    `--allow-fs-read=${dirname(launcher)}`,
    '--no-warnings',
  ]
}

function listening({ child, ended }) {
  const { promise, resolve, reject } = Promise.withResolvers()
  const timer = setTimeout(() => reject(new Error('The function does not start.')), startTimeoutMs)
  child.once('message', resolve)
  void ended.then(() => reject(new Error('The function ended at its start.')))
  return promise.finally(() => clearTimeout(timer))
}
