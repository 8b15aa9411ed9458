import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { hashBuildInputs } from '../../scripts/build-inputs.mjs'
import { projectRoot } from '../machine/child'

export const usualFolder = join(projectRoot, 'bench/usual')
const stampPath = join(usualFolder, '.next/bench-build')

/** Builds the app of the usual path, in its own folder, unless it is built already. */
export async function buildUsual(say: (line: string) => void): Promise<void> {
  const inputs = await usualInputs()
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === inputs) return
  say('Building the app of the usual path …')
  const next = join(projectRoot, 'node_modules/next/dist/bin/next')
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, 'build'], {
    cwd: usualFolder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`The app of the usual path can't be built:\n${stdout}${stderr}`)
  await writeFile(stampPath, inputs)
}

/** Its sources, and the versions of what they import. */
async function usualInputs(): Promise<string> {
  const sources = await hashBuildInputs({ root: usualFolder, environment: {} })
  const lock = await readFile(join(projectRoot, 'package-lock.json'), 'utf8')
  return `${sources} ${lock.length} ${process.version}`
}
