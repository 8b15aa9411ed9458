import { spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

/** Too heavy for a dependency of the project, so it comes when it is asked for. */
export const lighthouseVersion = '13.5.0'
const installMsMax = 180_000

export async function installLighthouse(folder: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ private: true }))
  await runProgram({
    command: [
      'npm',
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      `lighthouse@${lighthouseVersion}`,
    ],
    cwd: folder,
    timeoutMs: installMsMax,
  })
}

/** Resolves when the program has ended well; rejects with what it said otherwise. */
export async function runProgram({
  command: [program = '', ...args],
  cwd,
  timeoutMs,
}: {
  command: readonly string[]
  cwd: string
  timeoutMs: number
}): Promise<void> {
  const child = spawn(program, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
  })
  const ended = new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  const [code, ...printed] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new Error(`${program} ${args[0]}\n\n${printed.join('')}`)
}
