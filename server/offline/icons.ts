import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectPath } from '../project-path'

const folder = 'app/icons'

/** The pictures that scripts/draw-icons.mjs has drawn, by their names. Read while building. */
export async function listIcons(): Promise<string[]> {
  return (await readdir(projectPath(folder))).filter((name) => name.endsWith('.png'))
}

export async function readIcon(name: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(projectPath(join(folder, name))))
}
