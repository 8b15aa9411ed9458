import { expect, it } from 'vitest'
import { addCounts, countBrowserTests, countUnitTests, readCounts } from './test-report.mjs'

it('adds up unit and browser tests', () => {
  const unit = countUnitTests({
    numPassedTests: 10,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [{ status: 'failed', assertionResults: [{ status: 'failed' }] }],
  })
  const browser = countBrowserTests({
    stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 1 },
    errors: [],
  })
  expect(addCounts([unit, browser])).toEqual({ passed: 15, failed: 3, skipped: 3 })
})

it('counts a suite that cannot load as a failure', () => {
  const report = {
    numPassedTests: 0,
    numFailedTests: 0,
    numPendingTests: 0,
    numTodoTests: 0,
    testResults: [{ status: 'failed', assertionResults: [] }],
  }
  expect(countUnitTests(report)).toMatchObject({ passed: 0, failed: 1 })
})

it('counts nothing where no report was written', () => {
  const counts = readCounts({ path: '/nowhere/report.json', count: countUnitTests })
  expect(counts).toEqual({ passed: 0, failed: 0, skipped: 0 })
})
