import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { requireInstallation } from './require-installation.mjs'
import { runScript, StartupError } from './startup-error.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))

await runScript(async () => {
  requireInstallation({ root })
  const reports = mkdtempSync(join(tmpdir(), 'rivulet-test-'))
  try {
    process.exitCode = await testEverything(reports)
  } finally {
    rmSync(reports, { recursive: true, force: true })
  }
})

async function testEverything(reports) {
  const { addCounts, countBrowserTests, countUnitTests, readCounts } =
    await import('./test-report.mjs')
  const { describeMissing, requireServersInCi } = await import('./require-servers.mjs')
  const missing = await requireServersInCi({ root })
  const unitReport = join(reports, 'unit.json')
  const browserReport = join(reports, 'browser.json')

  const failedSteps = await runSteps([
    () => check(unitReport),
    () => build(),
    () => testInBrowser(browserReport),
  ])

  const counts = addCounts([
    readCounts({ path: unitReport, count: countUnitTests }),
    readCounts({ path: browserReport, count: countBrowserTests }),
  ])
  if (missing.length > 0) console.log(`\n${describeMissing(missing)}`)
  return summarize({ counts, failedSteps })
}

/** Each step returns what failed in it; the first failure is the last step. */
async function runSteps(steps) {
  for (const step of steps) {
    const failed = await step()
    if (failed.length > 0) return failed
  }
  return []
}

async function check(unitReport) {
  const { runChecks } = await import('./run-checks.mjs')
  console.log('Checks')
  return runChecks({ root, unitReport })
}

async function build() {
  const { readEnvironment } = await import('./read-environment.mjs')
  const { buildIfNeeded } = await import('./build-if-needed.mjs')
  console.log('\nProduction build')
  return reportAs('build', async () => {
    const lock = await buildIfNeeded({
      root,
      environment: readEnvironment({ root, mode: 'production' }),
    })
    process.once('exit', () => lock.close())
    console.log('The build is up to date.')
  })
}

async function testInBrowser(report) {
  const { headlessShell, installChineseFontInCi, requireBrowser } =
    await import('./require-browser.mjs')
  const { runCommand } = await import('./run-command.mjs')
  console.log('\nBrowser tests')
  return reportAs('browser tests', async () => {
    const browser = await requireBrowser({ root })
    await installChineseFontInCi({ root })
    const code = await runCommand({
      root,
      command: 'playwright test --reporter=list,json',
      environment: {
        CHROMIUM_PATH: browser,
        HEADLESS_SHELL_PATH: await headlessShell({ root }),
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      },
    })
    if (code !== 0) throw new StartupError('A browser test failed.')
  })
}

async function reportAs(name, step) {
  try {
    await step()
    return []
  } catch (error) {
    console.error(error instanceof StartupError ? error.message : error)
    return [name]
  }
}

/** Prints the last lines; a failed step without a failed test of its own counts as one failure. */
function summarize({ counts, failedSteps }) {
  const testSteps = new Set(['unit tests', 'browser tests'])
  const otherSteps = failedSteps.filter((name) => !testSteps.has(name))
  const unexplained = failedSteps.length > otherSteps.length && counts.failed === 0 ? 1 : 0
  const failed = counts.failed + otherSteps.length + unexplained

  console.log('')
  if (failedSteps.length > 0) console.log(`Failed: ${failedSteps.join(', ')}`)
  if (counts.skipped > 0) console.log(`${counts.skipped} skipped`)
  console.log(`${counts.passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
