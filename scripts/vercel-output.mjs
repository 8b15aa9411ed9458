import { lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { join, relative } from 'node:path'

const functionBytesMax = 50_000_000

/**
 * @typedef {object} VercelFunction
 * @property {string} route The path it answers, without a leading slash.
 * @property {string} folder
 * @property {Record<string, unknown>} config
 * @property {Map<string, string>} files Paths inside the function, and where they lie now.
 * @property {number} bytes
 */

/**
 * The functions of a `.vercel/output`; several routes may share one.
 *
 * @param {{ root: string }} options `root` is the folder that was built.
 * @returns {VercelFunction[]}
 */
export function readFunctions({ root }) {
  const functions = join(root, '.vercel/output/functions')
  return readdirSync(functions, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.func'))
    .map((path) => readFunction({ root, functions, path }))
}

function readFunction({ root, functions, path }) {
  const folder = realpathSync(join(functions, path))
  const config = JSON.parse(readFileSync(join(folder, '.vc-config.json'), 'utf8'))
  const files = new Map([
    ...Object.entries(config.filePathMap ?? {}).map(([name, from]) => [name, join(root, from)]),
    ...listFiles(folder).map((file) => [relative(folder, file), file]),
  ])
  const bytes = [...files.values()].reduce((sum, file) => sum + lstatSync(file).size, 0)
  return { route: path.slice(0, -'.func'.length), folder, config, files, bytes }
}

/**
 * What is wrong with the functions of a deployment, a line each.
 *
 * @param {{ root: string; maxDuration: number; secrets: readonly string[] }} options `secrets` are the values of
 *   settings that were set during the build.
 */
export function problemsOfOutput({ root, maxDuration, secrets }) {
  const functions = readFunctions({ root })
  return [
    ...functions.flatMap(problemsOfFunction),
    ...problemsOfStreams({ functions, maxDuration }),
    ...secretsIn({ root, functions, secrets }),
  ]
}

function problemsOfFunction({ route, files, bytes }) {
  const large =
    bytes < functionBytesMax
      ? []
      : [`${route} has ${bytes} bytes; under ${functionBytesMax} are wanted.`]
  const unwanted = [...files.keys()].filter((name) => isUnwanted(name))
  return [...large, ...unwanted.map((name) => `${route} contains ${name}.`)]
}

/** Settings, stored chats, and what only develops or builds. */
function isUnwanted(name) {
  return (
    /(^|\/)\.env/.test(name) ||
    /\.(sqlite3?|db)(-wal|-shm|-journal)?$/.test(name) ||
    /^(data|e2e|bench|test-results)\//.test(name) ||
    /^node_modules\/(node|playwright|playwright-core|typescript|vitest|@swc\/core.*)\//.test(name)
  )
}

const streamRoutes = ['api/chat', 'api/chat/[chatId]/stream', 'api/events']

function problemsOfStreams({ functions, maxDuration }) {
  return streamRoutes.flatMap((route) => {
    const config = functions.find((candidate) => candidate.route === route)?.config
    if (!config) return [`There is no function for ${route}.`]
    return [
      config.maxDuration !== maxDuration &&
        `${route} has maxDuration ${config.maxDuration}; ${maxDuration} is wanted.`,
      config.supportsCancellation !== true && `${route} does not support cancellation.`,
      config.supportsResponseStreaming !== true && `${route} does not stream.`,
    ].filter(Boolean)
  })
}

function secretsIn({ root, functions, secrets }) {
  const built = [...listFiles(join(root, '.vercel/output')), ...functions.flatMap(ownFiles)]
  return [...new Set(built)].flatMap((file) => {
    const content = readFileSync(file)
    return secrets
      .filter((secret) => content.includes(secret))
      .map(() => `${relative(root, file)} contains the value of a setting.`)
  })
}

/** Without the links, whose targets are listed too. */
const ownFiles = ({ files }) => [...files.values()].filter((file) => lstatSync(file).isFile())

function listFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
}
