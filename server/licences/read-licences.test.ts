import { expect, it } from 'vitest'
import { dependencies, devDependencies } from '@/package.json'
import { readLicences } from './read-licences'

it('every package that runs is named once with its licence, and none that only builds or tests', async () => {
  const lines = (await readLicences()).trim().split('\n')
  const names = new Set(lines.map((line) => line.split(' ')[0]))

  expect(lines).toContainEqual(expect.stringMatching(/^react \d+\.\d+\.\d+: MIT$/))
  expect(Object.keys(dependencies).filter((name) => !names.has(name))).toEqual([])
  expect(names.has('vitest')).toBe(false)
  expect(names.has('playwright')).toBe(false)
  expect(Object.keys(devDependencies).length).toBeGreaterThan(10)
  expect(new Set(lines).size).toBe(lines.length)
})
