import type { Profiler } from 'node:inspector'
import { readFileSync } from 'node:fs'
import { SourceMap } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectRoot } from '../machine/child'

export type SelfTime = { place: string; share: number; microseconds: number }

/** Where a profile's time went, by function: the time in itself, not in what it called. Most expensive first. */
export function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): SelfTime[] {
  const places = new Map(nodes.map(({ id, callFrame }) => [id, placeOf(callFrame)]))
  const times = new Map<string, number>()
  samples.forEach((id, index) => {
    const place = places.get(id) ?? '?'
    times.set(place, (times.get(place) ?? 0) + (timeDeltas[index] ?? 0))
  })
  for (const place of times.keys()) if (/^\(idle\)|node:inspector/.test(place)) times.delete(place)
  const total = [...times.values()].reduce((sum, time) => sum + time, 0)
  return [...times]
    .map(([place, microseconds]) => ({ place, microseconds, share: microseconds / total }))
    .toSorted((one, other) => other.microseconds - one.microseconds)
}

/** The function in the words of its source: a production build has short names and long lines. */
function placeOf({
  functionName,
  url,
  lineNumber,
  columnNumber,
}: Profiler.Profile['nodes'][0]['callFrame']): string {
  const name = functionName || 'anonymous'
  if (!url) return name
  const entry = sourceMapOf(url)?.findEntry(lineNumber, columnNumber)
  if (!entry || !('originalSource' in entry)) return `${name}  ${shortPath(url)}:${lineNumber + 1}`
  return `${name}  ${shortPath(entry.originalSource)}:${entry.originalLine + 1}`
}

const sourceMaps = new Map<string, SourceMap | undefined>()

function sourceMapOf(url: string): SourceMap | undefined {
  if (!sourceMaps.has(url)) sourceMaps.set(url, readSourceMap(url))
  return sourceMaps.get(url)
}

function readSourceMap(url: string): SourceMap | undefined {
  const path = url.startsWith('file:') ? fileURLToPath(url) : url
  try {
    const [, name] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(readFileSync(path, 'utf8')) ?? []
    if (!name) return undefined
    return new SourceMap(JSON.parse(readFileSync(join(dirname(path), name), 'utf8')))
  } catch {
    return undefined
  }
}

function shortPath(source: string): string {
  const path = source.startsWith('file:') ? fileURLToPath(source) : source
  const inProject = path.startsWith('/') ? relative(projectRoot, path) : path
  return inProject.replace(/^.*node_modules\//, '').replace(/^turbopack:\/\/\/\[project\]\//, '')
}
