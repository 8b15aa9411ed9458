import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '../machine/child'
import { formatFiles } from './between-markers'

const folder = 'bench/results'

/** Writes figures as JSON and as a page; returns their paths. */
export async function writeResults({
  name,
  results,
  page,
}: {
  name: string
  results: { date: string }
  page: string
}): Promise<string[]> {
  const base = `${folder}/${results.date.slice(0, 10)}-${name}`
  const paths = [`${base}.json`, `${base}.md`]
  await mkdir(join(projectRoot, folder), { recursive: true })
  await writeFile(join(projectRoot, `${base}.json`), JSON.stringify(results, undefined, 2))
  await writeFile(join(projectRoot, `${base}.md`), page)
  formatFiles(paths)
  return paths
}
