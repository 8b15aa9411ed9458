import { spawnSync } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../machine/child'

/** Replaces what stands between `<!-- name:begin -->` and `<!-- name:end -->` in a page. */
export async function writeBetweenMarkers({
  page,
  name,
  text,
}: {
  /** Relative to the project's folder. */
  page: string
  name: string
  text: string
}): Promise<void> {
  const path = join(projectRoot, page)
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`]
  const content = await readFile(path, 'utf8')
  const [from, to] = [content.indexOf(begin), content.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${page} has no place for ${name}.`)
  await writeFile(
    path,
    `${content.slice(0, from + begin.length)}\n\n${text}\n\n${content.slice(to)}`,
  )
}

/** Puts files into the form that `npm run check` asks for. */
export function formatFiles(paths: readonly string[]): void {
  const oxfmt = join(projectRoot, 'node_modules/.bin/oxfmt')
  spawnSync(oxfmt, [...paths], { cwd: projectRoot, stdio: 'inherit' })
}
