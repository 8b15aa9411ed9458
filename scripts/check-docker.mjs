import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript, StartupError } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Checks the Dockerfile and the compose file, and takes the steps of the first without an engine. */
await runScript(async () => {
  requireInstallation({ root })
  const workspace = mkdtempSync(join(tmpdir(), 'rivulet-docker-'))
  // Whom the server runs as has to get in.
  chmodSync(workspace, 0o755)
  process.once('exit', () => rmSync(workspace, { recursive: true, force: true }))

  await checkFiles(workspace)
  const { buildImage } = await import('./docker-build.mjs')
  console.log('Taking the steps of the Dockerfile …')
  const image = await buildImage({ root, workspace })
  console.log(`✓ an image of ${(image.bytes / 1e6).toFixed(0)} MB beside Node`)
  await checkImage(image)
})

async function checkFiles(workspace) {
  const { problemsOfDockerfile } = await import('./dockerfile.mjs')
  const { problemsOfCompose } = await import('./compose-file.mjs')
  const { loadLinters } = await import('./docker-linters.mjs')
  const { lintDockerfile, parseYaml } = await loadLinters(workspace)
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8')
  const nodeMajor = readFileSync(join(root, '.nvmrc'), 'utf8').trim()
  const problems = [
    ...lintDockerfile(text),
    ...problemsOfDockerfile({ text, nodeMajor }),
    ...problemsOfCompose(parseYaml(readFileSync(join(root, 'compose.yaml'), 'utf8'))),
  ]
  if (problems.length > 0) throw new StartupError(problems.join('\n'))
  console.log('✓ Dockerfile and compose.yaml')
}

async function checkImage(image) {
  const { stories } = await import('./docker-stories.mjs')
  for (const [name, tell] of Object.entries(stories)) {
    await tell(image)
    console.log(`✓ ${name}`)
  }
}
