import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

/**
 * The environment as Next.js will see it: what is set already wins over the .env files, and the
 * more specific file over the general one. Changes nothing in `environment`.
 *
 * @param {{ root: string; mode: string; environment?: Record<string, string | undefined> }} options
 */
export function readEnvironment({ root, mode, environment = process.env }) {
  const names = ['.env', `.env.${mode}`, '.env.local', `.env.${mode}.local`]
  return Object.assign({}, ...names.map((name) => readEnvFile(join(root, name))), environment)
}

function readEnvFile(path) {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT') return {}
    throw error
  }
}
