import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await runScript(async () => {
  requireInstallation({ root })
  const { readEnvironment } = await import('./read-environment.mjs')
  const { buildIfNeeded } = await import('./build-if-needed.mjs')

  const lock = await buildIfNeeded({
    root,
    environment: readEnvironment({ root, mode: 'production' }),
  })
  lock.close()
  console.log('The build is up to date.')
})
