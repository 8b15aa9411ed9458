import { aptInstall, isLinuxRoot } from './apt.mjs'
import { findPostgresFolder, findRedisServer } from './find-servers.mjs'
import { runQuietly } from './run-command.mjs'
import { StartupError } from './startup-error.mjs'

/** What some tests need besides Node: from the address in a setting, else from a program of this machine. */
const servers = [
  {
    name: 'PostgreSQL',
    setting: 'DATABASE_URL',
    package: 'postgresql',
    find: findPostgresFolder,
  },
  { name: 'Redis', setting: 'REDIS_URL', package: 'redis-server', find: findRedisServer },
]

/**
 * The servers that no test can use. In CI they are installed where that is possible, and it is a failure when one is
 * missing all the same.
 */
export async function requireServersInCi({ root, say = console.log }) {
  const missing = missingServers()
  if (!process.env.CI || missing.length === 0) return missing
  if (isLinuxRoot) await install({ root, say, packages: missing.map((server) => server.package) })
  const stillMissing = missingServers()
  if (stillMissing.length > 0) throw new StartupError(describeMissing(stillMissing))
  return stillMissing
}

/** @param {Readonly<Record<string, string | undefined>>} environment */
export function missingServers(environment = process.env) {
  return servers.filter(({ setting, find }) => !environment[setting]?.trim() && !find(environment))
}

/** One line: what was left out, and what to do about it. */
export function describeMissing(missing) {
  const list = (key) => missing.map((server) => server[key]).join(' and ')
  const packages = missing.map((server) => server.package).join(' ')
  return `NOT RUN: the tests with ${list('name')}. To run them: apt-get install ${packages}, or set ${list('setting')}.`
}

async function install({ root, say, packages }) {
  say(`Installing ${packages.join(' and ')} …`)
  const { code, output } = await runQuietly({ root, command: aptInstall(...packages) })
  if (code !== 0) say(output)
}
