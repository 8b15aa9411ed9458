import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runQuietly } from './run-command.mjs'

const lanes = 2

/**
 * Runs every check, two at a time, and says how each went as it ends. Returns the names of those
 * that failed. `unitReport` is where the unit tests leave their JSON report.
 */
export async function runChecks({ root, unitReport, say = console.log }) {
  const waiting = listChecks({ root, unitReport })
  const failed = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const passed = await runCheck({ root, check, say })
      if (!passed) failed.push(check.name)
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return failed
}

/** Longest first, so that no core waits at the end. */
function listChecks({ root, unitReport }) {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const report = unitReport ? ` --reporter=json --outputFile.json="${unitReport}"` : ''
  return [
    { name: 'types', command: scripts.types },
    { name: 'unit tests', command: `${scripts['test:unit']} --reporter=dot${report}` },
    { name: 'lint', command: scripts.lint },
    { name: 'dead code', command: scripts['dead-code'] },
    { name: 'boundaries', command: scripts.boundaries },
    { name: 'format', command: `${scripts.format} --check` },
  ]
}

async function runCheck({ root, check, say }) {
  const startedAt = performance.now()
  const { code, output } = await runQuietly({ root, command: check.command })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  say(`${code === 0 ? '✓' : '✗'} ${check.name.padEnd(11)} ${seconds.padStart(5)} s`)
  if (code !== 0) say(`\n${output.trimEnd()}\n`)
  return code === 0
}
