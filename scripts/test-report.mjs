import { readFileSync } from 'node:fs'

/** What vitest's JSON report counts. A suite that cannot even load counts as one failure. */
export function countUnitTests(report) {
  const brokenSuites = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  )
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenSuites.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
}

/** What Playwright's JSON report counts. */
export function countBrowserTests({ stats, errors }) {
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
  }
}

export function addCounts(counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped,
    }),
    { passed: 0, failed: 0, skipped: 0 },
  )
}

/** A report that was never written counts nothing: whoever should have written it has failed. */
export function readCounts({ path, count }) {
  try {
    return count(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return { passed: 0, failed: 0, skipped: 0 }
  }
}
