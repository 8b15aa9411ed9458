import { expect, it } from 'vitest'
import { workerFor, workerScript } from './worker-script'

const built = { script: '// works', names: ['b-2.js', 'a-1.js'] }

it('is another worker where browsers load something else, and only there', () => {
  const script = workerFor(built)
  expect(script).toMatch(/^self\.build = '[\w-]{16}'\n\/\/ works$/)
  expect(workerFor({ ...built, names: ['a-1.js', 'b-2.js'] })).toBe(script)
  expect(workerFor({ ...built, names: ['a-1.js', 'b-3.js'] })).not.toBe(script)
  expect(workerFor({ ...built, script: '// works better' })).not.toContain(script.slice(0, 28))
})

it('is none in development: what a build has left at this address goes', async () => {
  expect(await workerScript()).toContain('unregister')
})
