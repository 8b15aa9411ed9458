import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { posix, win32 } from 'node:path'

const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge',
]

const usualPlaces = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  linux: ['/usr/bin', '/usr/local/bin', '/snap/bin'].flatMap((folder) =>
    commands.map((command) => posix.join(folder, command)),
  ),
  win32: ['C:\\Program Files', 'C:\\Program Files (x86)'].flatMap((folder) => [
    win32.join(folder, 'Google\\Chrome\\Application\\chrome.exe'),
    win32.join(folder, 'Microsoft\\Edge\\Application\\msedge.exe'),
  ]),
}

/** Chromium without windows, as Debian and Ubuntu package it. */
const headlessShell = 'chromium-headless-shell'

/** Where to look for a browser: the one asked for, Playwright's own, then what is installed. */
export function listBrowserCandidates({ environment, playwrightPath, platform }) {
  const path = platform === 'win32' ? win32 : posix
  const folders = foldersOf({ environment, path })
  const onPath = folders.flatMap((folder) => commands.map((command) => path.join(folder, command)))
  const candidates = [
    environment.CHROMIUM_PATH,
    playwrightPath,
    ...onPath,
    ...(usualPlaces[platform] ?? []),
  ]
  return [...new Set(candidates.filter(Boolean))]
}

/**
 * The first candidate that is there and runs.
 *
 * @param {{
 *   playwrightPath: string
 *   environment?: Record<string, string | undefined>
 *   platform?: string
 *   works?: (path: string) => boolean
 * }} options
 */
export function findBrowser({
  playwrightPath,
  environment = process.env,
  platform = process.platform,
  works = runs,
}) {
  return listBrowserCandidates({ environment, playwrightPath, platform }).find(works)
}

/**
 * The browser for tests that need no window: `undefined` where there is none, or where another one was asked for.
 *
 * @param {{
 *   environment?: Record<string, string | undefined>
 *   works?: (path: string) => boolean
 * }} options
 */
export function findHeadlessShell({ environment = process.env, works = runs } = {}) {
  if (environment.CHROMIUM_PATH) return undefined
  const folders = foldersOf({ environment, path: posix })
  return folders.map((folder) => posix.join(folder, headlessShell)).find(works)
}

function foldersOf({ environment, path }) {
  return (environment.PATH ?? '').split(path.delimiter).filter(Boolean)
}

function runs(path) {
  if (!existsSync(path)) return false
  // On Windows, asking Chrome for its version opens a window.
  if (process.platform === 'win32') return true
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0
}
