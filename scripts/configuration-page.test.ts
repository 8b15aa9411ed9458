import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { settings } from '@/server/settings'
import { configurationPage, environmentExample } from './configuration-page.mjs'

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')
const howToMend = 'Run: node scripts/write-configuration.mjs'

test('docs/configuration.md says what the settings are', () => {
  expect(read('docs/configuration.md'), howToMend).toBe(configurationPage(settings))
})

test('.env.example has every setting, and sets none', () => {
  const example = read('.env.example')
  expect(example, howToMend).toBe(environmentExample(settings))
  expect(Object.keys(settings).filter((name) => !example.includes(`\n# ${name}=`))).toEqual([])
  expect(example.split('\n').filter((line) => line && !line.startsWith('#'))).toEqual([])
})

test('a setting without a description is refused by name', () => {
  expect(() => configurationPage({ NEW: z.string() })).toThrow('NEW has no description')
})
