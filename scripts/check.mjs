import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { describeMissing, missingServers } from './require-servers.mjs'
import { runChecks } from './run-checks.mjs'
import { runScript, StartupError } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await runScript(async () => {
  requireInstallation({ root })
  const failed = await runChecks({ root })
  const missing = missingServers()
  if (missing.length > 0) console.log(`\n${describeMissing(missing)}`)
  if (failed.length > 0) throw new StartupError(`Failed: ${failed.join(', ')}`)
})
