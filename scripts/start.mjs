import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await runScript(async () => {
  requireInstallation({ root })
  // Loaded late: an older Node cannot even read these, and would hide the message above.
  const { readEnvironment } = await import('./read-environment.mjs')
  const { parseListenAddress, requireFreeAddress } = await import('./listen-address.mjs')
  const { buildIfNeeded } = await import('./build-if-needed.mjs')

  const environment = readEnvironment({ root, mode: 'production' })
  const address = parseListenAddress(environment)
  await requireFreeAddress(address)
  const lock = await buildIfNeeded({ root, environment })
  // Also what keeps the lock from being collected, and so released, while the server runs.
  process.once('exit', () => lock.close())
  serve(address, environment)
})

/** In this very process, so that signals, the exit code and the end of both are one. */
function serve({ host, port, url, localOnly }, { LOCAL_DISCOVERY }) {
  process.chdir(root)
  Object.assign(process.env, {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    // The app ends its running answers first; see instrumentation.ts.
    NEXT_MANUAL_SIG_HANDLE: 'true',
    HOST: host,
    PORT: String(port),
    RIVULET_URL: url,
    // Whoever serves this machine alone is at home here; a deployment has to ask for the look around.
    LOCAL_DISCOVERY: LOCAL_DISCOVERY?.trim() || (localOnly ? 'on' : 'off'),
  })
  process.argv.splice(2, Infinity, 'start', '--hostname', host, '--port', String(port))
  createRequire(import.meta.url)('next/dist/bin/next')
}
