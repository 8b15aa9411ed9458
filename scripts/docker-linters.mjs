import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

/** Parsers that only this check needs, from npm into a folder of its own: no dependency of the project. */
export async function loadLinters(workspace) {
  const folder = join(workspace, 'linters')
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), '{"private":true}')
  execFileSync('npm', ['install', '--no-audit', '--no-fund', 'dockerfile-utils@0.16', 'yaml@2'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: 120_000,
  })
  const require = createRequire(join(folder, 'package.json'))
  const { validate } = require('dockerfile-utils')
  const { parse } = require('yaml')
  return {
    lintDockerfile: (text) =>
      validate(text).map(({ message, range }) => `Dockerfile:${range.start.line + 1} ${message}`),
    parseYaml: (text) => parse(text, { strict: true, uniqueKeys: true }),
  }
}
