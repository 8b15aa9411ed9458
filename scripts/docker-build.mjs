import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { copyCheckout } from './copy-checkout.mjs'
import { environmentOf, execForm, parseDockerfile } from './dockerfile.mjs'
import { StartupError } from './startup-error.mjs'

const stepMsMax = 300_000

/**
 * Takes the very steps of the Dockerfile, each stage in a folder that stands for its file system. What it cannot show:
 * the base image, and that nothing outside of it is used.
 *
 * @param {{ root: string; workspace: string }} options
 */
export async function buildImage({ root, workspace }) {
  const context = join(workspace, 'context')
  copyCheckout({ root, to: context, ignoreFile: '.dockerignore' })
  const folders = new Map()
  let image
  for (const stage of parseDockerfile(readFileSync(join(root, 'Dockerfile'), 'utf8'))) {
    image = {
      folder: join(workspace, `stage-${folders.size}`),
      directory: '/',
      environment: environmentOf(stage),
    }
    mkdirSync(image.folder)
    folders.set(stage.name, image.folder)
    for (const instruction of stage.instructions)
      await take({ instruction, image, context, folders })
  }
  return { ...image, bytes: bytesOf(join(image.folder, image.directory)) }
}

async function take({ instruction: { name, value, flags }, image, context, folders }) {
  switch (name) {
    case 'WORKDIR':
      image.directory = value
      return mkdirSync(placeOf(image, value), { recursive: true })
    case 'COPY':
      return copy({
        words: value.split(/\s+/),
        from: flags.from ? folders.get(flags.from) : context,
        image,
      })
    case 'RUN':
      return run({ command: withOwnPaths(value, image), image })
    case 'CMD':
      image.command = execForm(value)
      return undefined
    case 'VOLUME':
      image.volume = placeOf(image, value)
      return undefined
    default:
      return undefined
  }
}

function placeOf({ folder, directory }, path) {
  return join(folder, isAbsolute(path) ? path : join(directory, path))
}

function copy({ words, from, image }) {
  const to = placeOf(image, words.at(-1))
  for (const word of words.slice(0, -1)) {
    const source = join(from, word)
    const isFolder = statSync(source).isDirectory()
    cpSync(source, isFolder ? to : join(to, word), { recursive: true, verbatimSymlinks: true })
  }
}

/** Absolute paths lie in the stage’s folder, and its user `node` is one that cannot do more here. */
function withOwnPaths(command, { folder }) {
  return command
    .replaceAll(/(?<=\s)\/(?=\w)/g, `${folder}/`)
    .replaceAll('node:node', ownerOf().join(':'))
}

/** Whom the server runs as here: nobody when we may choose, else ourselves. */
export function ownerOf() {
  return process.getuid() === 0 ? [65_534, 65_534] : [process.getuid(), process.getgid()]
}

async function run({ command, image }) {
  const child = spawn('sh', ['-ec', command], {
    cwd: placeOf(image, '.'),
    env: { ...process.env, ...image.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: stepMsMax,
  })
  const ended = new Promise((resolve) => child.once('close', resolve))
  const [code, ...printed] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  if (code !== 0) throw new StartupError(`RUN ${command}\n\n${printed.join('')}`)
}

function bytesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0)
}
