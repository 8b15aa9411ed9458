import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { functionSecondsMax, runMsMax } from './run-deadline'

const root = join(import.meta.dirname, '../..')
const vercelSchema = z.object({
  functions: z.record(
    z.string(),
    z.object({ maxDuration: z.number(), supportsCancellation: z.boolean() }),
  ),
})
const { functions } = vercelSchema.parse(
  JSON.parse(readFileSync(join(root, 'vercel.json'), 'utf8')),
)

it('ends an answer before its function on Vercel does', () => {
  expect(functions).toEqual({
    'app/api/**/route.ts': { maxDuration: functionSecondsMax, supportsCancellation: true },
  })
  expect(runMsMax({ onVercel: true, RUN_SECONDS_MAX: undefined })).toBe(290_000)
  expect(runMsMax({ onVercel: true, RUN_SECONDS_MAX: 3600 })).toBe(290_000)
})

// A route’s own `maxDuration` would win over that of vercel.json, unseen by the deadline.
it('leaves the duration of functions to vercel.json', () => {
  const routes = readdirSync(join(root, 'app'), { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => readFileSync(join(root, 'app', path), 'utf8'))
  expect(routes.length).toBeGreaterThan(10)
  expect(routes.filter((source) => source.includes('maxDuration'))).toEqual([])
})

it('sets no limit elsewhere but the one that is asked for', () => {
  expect(runMsMax({ onVercel: false, RUN_SECONDS_MAX: undefined })).toBeUndefined()
  expect(runMsMax({ onVercel: false, RUN_SECONDS_MAX: 60 })).toBe(60_000)
})
