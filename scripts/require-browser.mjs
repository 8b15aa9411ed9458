import { spawnSync } from 'node:child_process'
import { chromium } from 'playwright'
import { aptInstall, isLinuxRoot } from './apt.mjs'
import { findBrowser, findHeadlessShell } from './find-browser.mjs'
import { runCommand } from './run-command.mjs'
import { StartupError } from './startup-error.mjs'

/** The path of a Chromium to test with; installs one if this machine has none. */
export async function requireBrowser({ root, say = console.log }) {
  const find = () => findBrowser({ playwrightPath: chromium.executablePath() })
  for (const command of ['', ...waysToInstall()]) {
    if (command) {
      say(`No Chromium found. Trying: ${command}`)
      await runCommand({ root, command })
    }
    const path = find()
    if (path) return path
  }
  throw new StartupError(
    'The browser tests need Chromium, and none could be found or installed.\n' +
      'Install Chrome or Chromium, or say where it is: CHROMIUM_PATH=/path/to/chromium npm test',
  )
}

function waysToInstall() {
  const playwright = 'playwright install chromium'
  if (!isLinuxRoot) return [playwright]
  return ['playwright install --with-deps chromium', aptInstall('chromium')]
}

/**
 * The path of the Chromium without windows, which runs most tests in three quarters of the time. Installs it in CI only;
 * the tests pass without it.
 */
export async function headlessShell({ root }) {
  const found = findHeadlessShell()
  if (found || process.env.CHROMIUM_PATH || !process.env.CI || !isLinuxRoot) return found
  await installQuietly({ root, packages: 'chromium-headless-shell' })
  return findHeadlessShell()
}

/** Without such a font, screenshots taken in CI show boxes for Chinese. The tests pass either way. */
export async function installChineseFontInCi({ root, say = console.log }) {
  if (!process.env.CI || !isLinuxRoot || hasChineseFont() !== false) return
  say('No Chinese font found. Installing fonts-noto-cjk …')
  await installQuietly({ root, packages: 'fonts-noto-cjk' })
}

async function installQuietly({ root, packages }) {
  await runCommand({ root, command: `(${aptInstall(packages)}) >/dev/null 2>&1 || true` })
}

function hasChineseFont() {
  const { status, stdout } = spawnSync('fc-list', [':lang=zh'], { encoding: 'utf8' })
  return status === 0 ? stdout.trim() !== '' : undefined
}
