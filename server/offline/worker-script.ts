import 'server-only'
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { isProduction } from '../env'
import { projectPath } from '../project-path'

/** In the place of a worker that a production build has left at this address: development knows none. */
const noWorker = 'self.addEventListener("install", () => void self.registration.unregister())\n'

/** The service worker for this build. Read while building. */
export async function workerScript(): Promise<string> {
  if (!isProduction()) return noWorker
  const [script, names] = await Promise.all([
    readFile(projectPath('app/sw.js/worker.mjs'), 'utf8'),
    readdir(projectPath('.next/static/chunks'), { recursive: true }),
  ])
  return workerFor({ script, names })
}

/** Two builds are the same where browsers load the same, whichever machines made them. */
export function workerFor({ script, names }: { script: string; names: readonly string[] }): string {
  const hash = createHash('sha256').update(names.toSorted().join('\n')).update(script)
  return `self.build = '${hash.digest('base64url').slice(0, 16)}'\n${script}`
}
