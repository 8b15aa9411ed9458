import { expect, skipWithoutServers, test } from './fixtures/cluster-test'
import { startProcess } from './fixtures/child-process'

const seconds = 60

test.describe('chaos', () => {
  skipWithoutServers()

  test(`for ${seconds} seconds loses nothing, doubles nothing and changes nothing`, async () => {
    test.setTimeout((seconds + 120) * 1000)
    const flags = ['--seconds', String(seconds), '--concurrency', '20']
    const chaos = startProcess(['--import', './bench/register.mjs', 'chaos/chaos.ts', ...flags], {})
    expect(await chaos.ended, chaos.output()).toBe(0)
    expect(chaos.output()).toMatch(/^lost +0$/m)
  })

  test('on one instance, killed again and again, loses no more than what was not stored yet', async () => {
    test.setTimeout(120_000)
    const flags = ['--log', 'memory', '--seconds', '15', '--concurrency', '20']
    const chaos = startProcess(['--import', './bench/register.mjs', 'chaos/chaos.ts', ...flags], {})
    expect(await chaos.ended, chaos.output()).toBe(0)
  })
})
