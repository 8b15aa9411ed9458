import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript, StartupError } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Set during the build, as the settings of a project are; none of these values may be found in what it makes. */
const settings = {
  OPENAI_API_KEY: 'sk-planted-9f8c2d41',
  SESSION_SECRET: 'planted-session-secret-5d2e8b7c1f',
  DATABASE_URL: 'postgres://planted:planted-password@127.0.0.1:9/planted',
  REDIS_URL: 'rediss://default:planted-token@127.0.0.1:9',
}

await runScript(async () => {
  requireInstallation({ root })
  const { buildForVercel } = await import('./vercel-build.mjs')
  const workspace = mkdtempSync(join(tmpdir(), 'rivulet-vercel-'))
  process.once('exit', () => rmSync(workspace, { recursive: true, force: true }))

  console.log('Building as Vercel does …')
  const built = await buildForVercel({ root, workspace, settings })
  await checkOutput(built)
  await checkFunctions({ built, workspace })
})

async function checkOutput(built) {
  const { problemsOfOutput, readFunctions } = await import('./vercel-output.mjs')
  const { functions } = JSON.parse(readFileSync(join(root, 'vercel.json'), 'utf8'))
  const { maxDuration } = functions['app/api/**/route.ts']
  const problems = problemsOfOutput({ root: built, maxDuration, secrets: Object.values(settings) })
  if (problems.length > 0) throw new StartupError(problems.join('\n'))
  for (const { route, bytes, config } of ownFolders(readFunctions({ root: built }))) {
    const limit = config.maxDuration ? `, up to ${config.maxDuration} s` : ''
    console.log(`✓ ${route.padEnd(28)} ${(bytes / 1e6).toFixed(1).padStart(5)} MB${limit}`)
  }
}

/** Once a function and not once a route, by the shortest of its names. */
function ownFolders(functions) {
  const byLength = functions.toSorted((one, other) => other.route.length - one.route.length)
  return [...new Map(byLength.map((one) => [one.folder, one])).values()]
}

async function checkFunctions({ built, workspace }) {
  const { stories, storiesWithDatabase } = await import('./vercel-stories.mjs')
  await tellAll({ stories, root: built, workspace })
  // Resolves the imports of TypeScript files, which Node leaves to others.
  await import('../server/db/testing/resolve-typescript.mjs')
  const { startPostgres } = await import('../e2e/servers/postgres.ts')
  const postgres = await startPostgres()
  if (!postgres)
    throw new StartupError('Not tried with a database: install Postgres or set DATABASE_URL.')
  try {
    const databaseUrl = await postgres.createDatabase()
    await tellAll({ stories: storiesWithDatabase, root: built, workspace, databaseUrl })
  } finally {
    await postgres.stop()
  }
}

async function tellAll({ stories, ...context }) {
  const { tellStory } = await import('./vercel-stories.mjs')
  for (const [name, story] of Object.entries(stories)) {
    await tellStory({ story, ...context })
    console.log(`✓ ${name}`)
  }
}
