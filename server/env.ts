import 'server-only'
import { resolve } from 'node:path'
import { z } from 'zod'
import type { ReadSetting } from './json-setting'
import { type ContextWindows, readContextSetting } from './models/context-setting'
import { settings, type Settings } from './settings'
import { readPriceSetting, type PriceList } from './usage/price-setting'

/** Thrown at boot when settings are wrong: lists every problem at once, a line each. */
export class SettingsError extends Error {
  readonly problems: string[]

  constructor(problems: string[]) {
    super(`Settings to correct:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`)
    this.name = 'SettingsError'
    this.problems = problems
  }
}

export type Env = Settings & {
  dataDir: string
  onVercel: boolean
  production: boolean
  /** What models cost by `MODEL_PRICES`. */
  prices: PriceList
  /** What models can read by `MODEL_CONTEXT`. */
  contextWindows: ContextWindows
  /** The address people open, for the line printed at start. */
  url: string
}

type Source = Readonly<Record<string, string | undefined>>

/** Whether this is a function of Vercel's: many short-lived processes without a disk of their own. */
export function isOnVercel(source: Source = process.env): boolean {
  return source['VERCEL'] === '1'
}

/** Known without any setting, while building too. */
export function isProduction(source: Source = process.env): boolean {
  return source['NODE_ENV'] === 'production'
}

/** Reads and checks the settings. Values never appear in the errors: one may be a key. */
export function parseEnv(source: Source): Env {
  const onVercel = isOnVercel(source)
  const given = Object.fromEntries(
    Object.entries(source).filter(([name, value]) => name in settings && value?.trim()),
  )
  // A function listens on no address of its own, and Vercel hands it only requests for the project's domains.
  const parsed = z.object(settings).safeParse(onVercel ? { ...given, HOST: '0.0.0.0' } : given)
  const prices = readPriceSetting(given['MODEL_PRICES'])
  const contextWindows = readContextSetting(given['MODEL_CONTEXT'])
  const problems = [
    ...(parsed.error?.issues ?? []).map(problemOf),
    ...missingBesides(given),
    ...problemsIn(prices, 'MODEL_PRICES'),
    ...problemsIn(contextWindows, 'MODEL_CONTEXT'),
  ]
  if (
    !parsed.success ||
    'problems' in prices ||
    'problems' in contextWindows ||
    problems.length > 0
  )
    throw new SettingsError(problems)
  return {
    ...parsed.data,
    dataDir: resolve(/* turbopackIgnore: true */ parsed.data.DATA_DIR),
    onVercel,
    production: isProduction(source),
    prices: prices.value,
    contextWindows: contextWindows.value,
    url: source['RIVULET_URL'] ?? `http://localhost:${parsed.data.PORT}`,
  }
}

function problemOf({ path, message }: z.core.$ZodIssue): string {
  return `${path.join('.')}: ${message}`
}

function problemsIn(read: ReadSetting<unknown>, name: string): string[] {
  return 'problems' in read ? read.problems.map((problem) => `${name}: ${problem}`) : []
}

/** A secret that each machine made for itself would sign out everybody whose next request goes to another one. */
function missingBesides(given: Readonly<Record<string, unknown>>): string[] {
  if (!given['DATABASE_URL'] || given['SESSION_SECRET']) return []
  return [
    'SESSION_SECRET: is needed with DATABASE_URL, the same on every machine; make one with: openssl rand -base64 32',
  ]
}

// Packages of providers read settings of these names by themselves as they load, and fail on one that is set but empty.
for (const name of Object.keys(settings)) if (!process.env[name]?.trim()) delete process.env[name]

let current: Env | undefined

/** The settings of this process, read once. */
export function env(): Env {
  current ??= parseEnv(process.env)
  return current
}
