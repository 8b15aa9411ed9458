import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'

/** The folders a build reads. */
export const buildFolders = ['app', 'client', 'components', 'public', 'server', 'shared']

const rootFile = /\.(css|json|mjs|ts)$/
const readByNoBuild = new Set([
  'knip.json',
  'next-env.d.ts',
  'playwright.config.ts',
  'vitest.config.ts',
])
const testFile = /\.(test|contract)\.tsx?$/

/** One hash over everything that decides what a build contains. */
export async function hashBuildInputs({ root, environment }) {
  const paths = await listBuildInputs(root)
  const hash = createHash('sha256')
  for (const path of paths) {
    const content = await readFile(join(root, path))
    hash.update(`${path}\0${content.length}\0`).update(content)
  }
  return hash.update(JSON.stringify(publicVariables(environment))).digest('hex')
}

/** The paths, relative to `root`, with `/` and in a fixed order. */
export async function listBuildInputs(root) {
  const top = await readdir(root, { withFileTypes: true })
  const files = top.filter((entry) => entry.isFile() && isRootInput(entry.name))
  const nested = await Promise.all(buildFolders.map((folder) => listFolder(join(root, folder))))
  return [...files.map(({ name }) => name), ...nested.flat().map(toRelative(root))].toSorted()
}

const isRootInput = (name) =>
  rootFile.test(name) && !name.startsWith('.') && !readByNoBuild.has(name)

const toRelative = (root) => (path) => relative(root, path).replaceAll(sep, '/')

async function listFolder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch(
    ifMissing([]),
  )
  return entries
    .filter(({ name }) => !name.startsWith('.') && !testFile.test(name))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}

const ifMissing = (value) => (error) => {
  if (error.code === 'ENOENT') return value
  throw error
}

/** Next.js writes these into the browser's code. */
function publicVariables(environment) {
  return Object.entries(environment)
    .filter(([name]) => name.startsWith('NEXT_PUBLIC_'))
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
}
