import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectPath } from '../project-path'

const own = 'app/diagram/frame/frame.mjs'
const library = 'node_modules/mermaid/dist'
const entry = 'mermaid.esm.min.mjs'
const chunks = 'chunks/mermaid.esm.min'

/** The scripts of the page that draws diagrams, by the paths at which they ask for each other. Read while building. */
export async function listDiagramFiles(): Promise<string[]> {
  const names = await readdir(projectPath(join(library, chunks)))
  return [
    'frame.mjs',
    entry,
    ...names.filter((name) => name.endsWith('.mjs')).map((name) => `${chunks}/${name}`),
  ]
}

export async function readDiagramFile(path: string): Promise<string | undefined> {
  if (!(await listDiagramFiles()).includes(path)) return undefined
  return readFile(projectPath(path === 'frame.mjs' ? own : join(library, path)), 'utf8')
}
