import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await runScript(async () => {
  requireInstallation({ root })
  const { readEnvironment } = await import('./read-environment.mjs')
  const { parseListenAddress, requireFreeAddress } = await import('./listen-address.mjs')
  const { writeLocaleFiles } = await import('./locale-files.mjs')

  const { host, port, url } = parseListenAddress(readEnvironment({ root, mode: 'development' }))
  await requireFreeAddress({ host, port })
  await writeLocaleFiles(root)
  process.chdir(root)
  Object.assign(process.env, { NEXT_TELEMETRY_DISABLED: '1', HOST: host, RIVULET_URL: url })
  process.argv.splice(2, Infinity, 'dev', '--hostname', host, '--port', String(port))
  createRequire(import.meta.url)('next/dist/bin/next')
})
