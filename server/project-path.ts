import 'server-only'
import { join } from 'node:path'

/** Where a file of the project lies that is read while building. Not for the tracer: no server needs these. */
export function projectPath(path: string): string {
  return join(/* turbopackIgnore: true */ process.cwd(), path)
}
