import { describe, expect, it } from 'vitest'
import { findBrowser, findHeadlessShell } from './find-browser.mjs'

const playwrightPath = '/home/someone/.cache/ms-playwright/chromium/chrome'

function find({ installed, ...options }: { installed: string[]; CHROMIUM_PATH?: string }) {
  return findBrowser({
    playwrightPath,
    platform: 'linux',
    environment: { PATH: '/opt/bin:/usr/bin', CHROMIUM_PATH: options.CHROMIUM_PATH },
    works: (path: string) => installed.includes(path),
  })
}

describe('the browser to test with', () => {
  it('is the one asked for', () => {
    expect(find({ CHROMIUM_PATH: '/my/chrome', installed: [playwrightPath, '/my/chrome'] })).toBe(
      '/my/chrome',
    )
  })

  it('is Playwright’s own before an installed one', () => {
    expect(find({ installed: ['/usr/bin/chromium', playwrightPath] })).toBe(playwrightPath)
  })

  it('is looked for on the PATH', () => {
    expect(find({ installed: ['/opt/bin/google-chrome'] })).toBe('/opt/bin/google-chrome')
  })

  it('is looked for in the usual places', () => {
    expect(find({ installed: ['/snap/bin/chromium'] })).toBe('/snap/bin/chromium')
  })

  it('passes over one that is there but does not run', () => {
    expect(find({ CHROMIUM_PATH: '/broken', installed: ['/usr/bin/chromium'] })).toBe(
      '/usr/bin/chromium',
    )
  })

  it('may be missing', () => {
    expect(find({ installed: [] })).toBeUndefined()
  })
})

describe('the browser without windows', () => {
  const findIn = (environment: Record<string, string>, ...installed: string[]) =>
    findHeadlessShell({ environment, works: (path: string) => installed.includes(path) })

  it('is looked for on the PATH', () => {
    const path = '/usr/bin/chromium-headless-shell'
    expect(findIn({ PATH: '/opt/bin:/usr/bin' }, path)).toBe(path)
    expect(findIn({ PATH: '/opt/bin' }, path)).toBeUndefined()
  })

  it('leaves way to a browser that was asked for', () => {
    const environment = { PATH: '/usr/bin', CHROMIUM_PATH: '/my/chrome' }
    expect(findIn(environment, '/usr/bin/chromium-headless-shell')).toBeUndefined()
  })
})
