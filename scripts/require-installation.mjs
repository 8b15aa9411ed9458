import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { StartupError } from './startup-error.mjs'

const oldestNode = [22, 13]

/** Throws unless the packages are installed and this Node can run them. */
export function requireInstallation({ root, nodeVersion = process.versions.node }) {
  if (!existsSync(join(root, 'node_modules/next/package.json'))) {
    throw new StartupError('The packages are not installed. Run: npm ci')
  }
  if (isOlder(nodeVersion, oldestNode)) {
    throw new StartupError(
      `Node ${nodeVersion} is too old; Rivulet needs ${oldestNode.join('.')} or newer.\n` +
        'Run: npm ci && npm start (npm brings Node 24 along, and uses it).',
    )
  }
}

/** Throws unless the packages that only a build needs are there too. */
export function requireBuildTools({ root }) {
  if (existsSync(join(root, 'node_modules/@tailwindcss/postcss/package.json'))) return
  throw new StartupError('The build tools are not installed. Run: npm ci --include=dev')
}

function isOlder(version, [wantedMajor, wantedMinor]) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < wantedMajor || (major === wantedMajor && minor < wantedMinor)
}
