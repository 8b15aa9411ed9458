import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { hashBuildInputs } from '../../scripts/build-inputs.mjs'
import { projectRoot } from '../machine/child'

export const usualFolder = join(projectRoot, 'bench/usual')

type App = {
  folder: string
  /** The folders that it is built from, besides packages. */
  sources: readonly string[]
  say: (line: string) => void
}

/** Builds one of the bench's own apps, in its own folder, unless it is built already. */
export async function buildApp({ folder, sources, say }: App): Promise<void> {
  const stampPath = join(folder, '.next/bench-build')
  const inputs = await inputsOf(sources)
  if ((await readFile(stampPath, 'utf8').catch(() => '')) === inputs) return
  say(`Building ${relative(projectRoot, folder)} …`)
  const next = join(projectRoot, 'node_modules/next/dist/bin/next')
  const { status, stdout, stderr } = spawnSync(process.execPath, [next, 'build'], {
    cwd: folder,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${folder} can't be built:\n${stdout}${stderr}`)
  await writeFile(stampPath, inputs)
}

/** Its sources, and the versions of what they import. */
async function inputsOf(sources: readonly string[]): Promise<string> {
  const hashes = await Promise.all(
    sources.map((root) => hashBuildInputs({ root, environment: {} })),
  )
  const lock = await readFile(join(projectRoot, 'package-lock.json'), 'utf8')
  return `${hashes.join(' ')} ${lock.length} ${process.version}`
}
