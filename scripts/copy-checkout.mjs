import { execFileSync } from 'node:child_process'
import { copyFileSync, cpSync, existsSync, mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Copies what Git knows of the checkout, changes included, without what `ignoreFile` names; that is what a deployment
 * would get. The packages come along as links to the same files.
 *
 * @param {{ root: string; to: string; ignoreFile: string }} options
 */
export function copyCheckout({ root, to, ignoreFile }) {
  const ignored = new Set(listFiles(root, ['--ignored', `--exclude-from=${ignoreFile}`]))
  const files = listFiles(root, ['--exclude-standard']).filter((path) => !ignored.has(path))
  for (const path of files) copyFile({ from: join(root, path), to: join(to, path) })
}

/** Hard links: no second copy on the disk, and no symbolic link that a build would follow out of its folder. */
export function linkPackages({ root, to }) {
  const [from, target] = [join(root, 'node_modules'), join(to, 'node_modules')]
  try {
    execFileSync('cp', ['-al', from, target], { stdio: 'ignore' })
  } catch {
    cpSync(from, target, { recursive: true, verbatimSymlinks: true, force: true })
  }
}

function listFiles(root, options) {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '-z', ...options], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return listed.split('\0').filter(Boolean)
}

function copyFile({ from, to }) {
  // What is deleted and not yet committed is listed all the same.
  if (!existsSync(from)) return
  mkdirSync(dirname(to), { recursive: true })
  copyFileSync(from, to)
}
