import 'server-only'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { projectPath } from '../project-path'

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
})

/** A line for each package that a production installation has: name, version, licence. Read while building. */
export async function readLicences(lockFile = projectPath('package-lock.json')): Promise<string> {
  const { packages } = lockSchema.parse(JSON.parse(await readFile(lockFile, 'utf8')))
  const lines = Object.entries(packages)
    .filter(([path, { dev, devOptional, optional }]) => path && !dev && !devOptional && !optional)
    .map(
      ([path, { version, license }]) =>
        `${nameOf(path)} ${version ?? ''}: ${license ?? 'see its own package'}`,
    )
  return [...new Set(lines)].toSorted().join('\n') + '\n'
}

/** Of the innermost package of a path such as `node_modules/a/node_modules/@scope/b`. */
function nameOf(path: string): string {
  return path.split('node_modules/').at(-1) ?? path
}
